import { newId } from '../../prisma/id.ts';
import type { WorkProduct } from '../../prisma/generated/client.ts';
import type { WorkProductStatus, WorkProductType } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, runOf, visible } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { heldAgainst, issueFor } from '../issue/commands/access.ts';
import type { IssueHeld } from '../issue/conflicts.ts';
import { mustNotSkipPlan } from '../plan/continuation.ts';
import { mustWriteDeliverables } from '../recovery/lane.ts';
import { once } from '../shared/idempotency.ts';
import { badInput, Refusal } from '../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../shared/text.ts';

const URL_MAX = 2_000;
const SUMMARY_MAX = 4_000;

interface WorkProductFields {
  status?: WorkProductStatus | null | undefined;
  url?: string | null | undefined;
  summary?: string | null | undefined;
  isPrimary?: boolean | null | undefined;
}

export interface CreateWorkProduct extends WorkProductFields {
  issueId: string;
  type: WorkProductType;
  title: string;
  provider?: string | null | undefined;
  /** What it is called at the provider. */
  externalRef?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/** Says what came of the work on an issue. The primary one is shown first: naming another takes that from the former. */
export async function createWorkProduct(tx: Tx, by: Principal, input: CreateWorkProduct): Promise<WorkProduct | IssueHeld> {
  const issue = await issueFor(tx, by, input.issueId);
  const held = await heldAgainst(tx, by, issue);
  if (held) return held;
  await mustWriteDeliverables(tx, by);
  await mustNotSkipPlan(tx, by, issue.id);
  const { idempotencyKey, ...fields } = input;
  const id = await once(tx, by, { companyId: issue.companyId, operation: 'createWorkProduct', key: idempotencyKey, input: fields }, async () => {
    const made = newId();
    const provider = optionalText('provider', input.provider, LIMITS.name);
    const externalId = optionalText('externalRef', input.externalRef, LIMITS.short);
    if (externalId && !provider) throw badInput('provider', 'says whose externalRef this is');
    if (externalId && provider) await mustBeNew(tx, issue.id, provider, externalId);
    if (input.isPrimary) await tx.workProduct.updateMany({ where: { issueId: issue.id, isPrimary: true }, data: { isPrimary: false } });
    const { actorType, actorId } = actorOf(by);
    await tx.workProduct.create({
      data: {
        id: made, companyId: issue.companyId, issueId: issue.id, type: input.type, title: requiredText('title', input.title, LIMITS.title),
        status: input.status ?? 'ACTIVE', url: checkedUrl(input.url), provider, externalId, summary: optionalText('summary', input.summary, SUMMARY_MAX),
        isPrimary: input.isPrimary ?? false, creatorType: actorType, creatorId: actorId, runId: runOf(by),
      },
    });
    await recordActivity(tx, by, {
      companyId: issue.companyId, action: 'workProduct.created', entityType: 'workProduct', entityId: made, issueId: issue.id, details: { type: input.type, title: input.title },
    });
    return made;
  });
  return tx.workProduct.findUniqueOrThrow({ where: { id } });
}

export interface UpdateWorkProduct extends WorkProductFields {
  workProductId: string;
  title?: string | null | undefined;
}

/** Changes what is given. */
export async function updateWorkProduct(tx: Tx, by: Principal, input: UpdateWorkProduct): Promise<WorkProduct | IssueHeld> {
  const before = visible(by, await tx.workProduct.findUnique({ where: { id: input.workProductId } }), 'work product');
  const held = await heldAgainst(tx, by, await issueFor(tx, by, before.issueId));
  if (held) return held;
  await mustWriteDeliverables(tx, by);
  const data = {
    ...(typeof input.title === 'string' ? { title: requiredText('title', input.title, LIMITS.title) } : {}),
    ...(input.status ? { status: input.status } : {}),
    ...(input.url !== undefined ? { url: checkedUrl(input.url) } : {}),
    ...(input.summary !== undefined ? { summary: optionalText('summary', input.summary, SUMMARY_MAX) } : {}),
    ...(typeof input.isPrimary === 'boolean' ? { isPrimary: input.isPrimary } : {}),
  };
  if (input.isPrimary) await tx.workProduct.updateMany({ where: { issueId: before.issueId, isPrimary: true }, data: { isPrimary: false } });
  const after = await tx.workProduct.update({ where: { id: before.id }, data });
  await recordActivity(tx, by, {
    companyId: after.companyId, action: 'workProduct.updated', entityType: 'workProduct', entityId: after.id, issueId: after.issueId,
    details: { changed: Object.keys(data), ...(after.status === before.status ? {} : { from: before.status, to: after.status }) },
  });
  return after;
}

async function mustBeNew(tx: Tx, issueId: string, provider: string, externalId: string): Promise<void> {
  const known = await tx.workProduct.findFirst({ where: { issueId, provider, externalId }, select: { id: true } });
  if (known) throw new Refusal('CONFLICT', `${provider} ${externalId} is here already`, { field: 'externalRef', details: { workProductId: known.id } });
}

/** Only what a browser may be led to: a link of another scheme could run something. */
function checkedUrl(text: string | null | undefined): string | null {
  const url = optionalText('url', text, URL_MAX);
  if (url === null) return null;
  if (!URL.canParse(url) || !['http:', 'https:'].includes(new URL(url).protocol)) throw badInput('url', 'must be an address that begins with http:// or https://');
  return url;
}
