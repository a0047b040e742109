import { newId } from '../../prisma/id.ts';
import type { CostEvent } from '../../prisma/generated/client.ts';
import type { BillingType } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { agentOf, type Principal, runOf, visible } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { agentFor } from '../agent/commands.ts';
import { once } from '../shared/idempotency.ts';
import { badInput, notFound, Refusal } from '../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../shared/text.ts';

export interface ReportCost {
  agentId?: string | null | undefined;
  issueId?: string | null | undefined;
  runId?: string | null | undefined;
  provider: string;
  biller?: string | null | undefined;
  model: string;
  billingType?: BillingType | null | undefined;
  inputTokens?: bigint | null | undefined;
  cachedInputTokens?: bigint | null | undefined;
  outputTokens?: bigint | null | undefined;
  costMicros?: bigint | null | undefined;
  occurredAt?: Date | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/** The largest count or amount taken: 2^53, about nine billion dollars. More is a mistake of the reporter. */
const MOST = 9_007_199_254_740_992n;

/**
 * Records one use of a model. Agents report for themselves only; run and issue come from the run token unless given.
 * Project, goal and billing code are copied from the issue as it is now, so that later moves do not rewrite the past.
 */
export async function reportCost(tx: Tx, by: Principal, input: ReportCost): Promise<CostEvent> {
  const own = agentOf(by);
  if (own && input.agentId && input.agentId !== own) {
    await agentFor(tx, by, input.agentId);
    throw new Refusal('FORBIDDEN', 'an agent reports its own cost only', { field: 'agentId' });
  }
  const agentId = own ?? input.agentId;
  if (!agentId) throw badInput('agentId', 'name the agent that spent it');
  const agent = await agentFor(tx, by, agentId);
  const { companyId } = agent;
  const run = await checkedRun(tx, by, agentId, input.runId ?? runOf(by));
  const issue = await checkedIssue(tx, by, companyId, input.issueId ?? run?.issueId ?? null);
  const costMicros = checkedAmount('costMicros', input.costMicros);
  const { idempotencyKey, ...fields } = input;
  const id = await once(tx, by, { companyId, operation: 'reportCost', key: idempotencyKey, input: fields }, async () => {
    const provider = requiredText('provider', input.provider, LIMITS.name);
    const event = await tx.costEvent.create({
      data: {
        id: newId(), companyId, agentId, runId: run?.id ?? null, issueId: issue?.id ?? null, projectId: issue?.projectId ?? null, goalId: issue?.goalId ?? null,
        billingCode: issue?.billingCode ?? null, provider, biller: optionalText('biller', input.biller, LIMITS.name) ?? provider,
        model: requiredText('model', input.model, LIMITS.name), billingType: input.billingType ?? 'UNKNOWN',
        inputTokens: checkedAmount('inputTokens', input.inputTokens) ?? 0n, cachedInputTokens: checkedAmount('cachedInputTokens', input.cachedInputTokens) ?? 0n,
        outputTokens: checkedAmount('outputTokens', input.outputTokens) ?? 0n, costMicros, costStatus: costMicros === null ? 'UNPRICED' : 'REPORTED',
        occurredAt: checkedTime(input.occurredAt),
      },
    });
    await recordActivity(tx, by, {
      companyId, action: 'cost.reported', entityType: 'costEvent', entityId: event.id, agentId, issueId: event.issueId,
      details: { model: event.model, costMicros: costMicros?.toString() ?? null },
    });
    return event.id;
  });
  return tx.costEvent.findUniqueOrThrow({ where: { id } });
}

async function checkedRun(tx: Tx, by: Principal, agentId: string, runId: string | null) {
  if (!runId) return null;
  const run = visible(by, await tx.run.findUnique({ where: { id: runId } }), 'run');
  if (run.agentId !== agentId) throw notFound('run');
  return run;
}

async function checkedIssue(tx: Tx, by: Principal, companyId: string, issueId: string | null) {
  if (!issueId) return null;
  const issue = visible(by, await tx.issue.findUnique({ where: { id: issueId } }), 'issue');
  if (issue.companyId !== companyId) throw notFound('issue');
  return issue;
}

function checkedAmount(field: string, amount: bigint | null | undefined): bigint | null {
  if (amount === null || amount === undefined) return null;
  if (amount < 0n) throw badInput(field, 'must not be negative');
  if (amount > MOST) throw badInput(field, 'is larger than anything that was ever spent');
  return amount;
}

/** Late reports are taken; reports from the future are not. */
function checkedTime(at: Date | null | undefined): Date {
  const now = new Date();
  if (!at) return now;
  if (at.getTime() > now.getTime() + 5 * 60_000) throw badInput('occurredAt', 'lies in the future');
  return at;
}
