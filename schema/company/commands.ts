import { newId } from '../../prisma/id.ts';
import type { Company } from '../../prisma/generated/client.ts';
import { touch, type Tx } from '../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../access/principal.ts';
import { recordActivities, recordActivity } from '../activity/record.ts';
import { requestCancels } from '../run/commands/request-cancel.ts';
import { badInput, Refusal } from '../shared/refusal.ts';
import { makeUpWakes } from '../wake/make-up.ts';
import { LIMITS, optionalText, requiredText } from '../shared/text.ts';
import type { CompanyStatus } from '../../prisma/generated/enums.ts';
import { nthPrefix, PREFIX, prefixFrom, sequencesOf } from './rules.ts';

export interface CreateCompany {
  name: string;
  description?: string | null | undefined;
  prefix?: string | null | undefined;
  brandColor?: string | null | undefined;
}

/** Founds a company. A given prefix that is taken is a CONFLICT; one made from the name gets a number. */
export async function createCompany(tx: Tx, by: Principal, input: CreateCompany): Promise<Company> {
  mustBeBoard(by, 'create companies');
  const name = requiredText('name', input.name, LIMITS.name);
  const company = await tx.company.create({
    data: {
      id: newId(), name, prefix: await freePrefix(tx, name, input.prefix), description: optionalText('description', input.description, LIMITS.description),
      brandColor: checkedColor('brandColor', input.brandColor),
    },
  });
  const { issues, runs } = sequencesOf(company.id);
  await tx.$executeRawUnsafe(`CREATE SEQUENCE ${issues} AS integer`);
  await tx.$executeRawUnsafe(`CREATE SEQUENCE ${runs} AS integer`);
  await recordActivity(tx, by, { companyId: company.id, action: 'company.created', entityType: 'company', entityId: company.id, details: { name, prefix: company.prefix } });
  return company;
}

async function freePrefix(tx: Tx, name: string, asked: string | null | undefined): Promise<string> {
  if (asked) {
    const prefix = asked.trim().toUpperCase();
    if (!PREFIX.test(prefix)) throw badInput('prefix', 'must be 2 to 10 letters and digits, a letter first');
    if (await tx.company.findUnique({ where: { prefix } })) throw new Refusal('CONFLICT', `prefix ${prefix} is taken`, { field: 'prefix' });
    return prefix;
  }
  const start = prefixFrom(name);
  for (let attempt = 1; ; attempt += 1) {
    const prefix = nthPrefix(start, attempt);
    if (!(await tx.company.findUnique({ where: { prefix } }))) return prefix;
  }
}

export interface UpdateCompany {
  companyId: string;
  name?: string | null | undefined;
  description?: string | null | undefined;
  brandColor?: string | null | undefined;
  attachmentMaxBytes?: bigint | null | undefined;
  status?: CompanyStatus | null | undefined;
  hiresNeedApproval?: boolean | null | undefined;
}

/** Changes what is given. A paused company starts no runs; ARCHIVED is archiveCompany's to set, ACTIVE brings it back. */
export async function updateCompany(tx: Tx, by: Principal, input: UpdateCompany): Promise<Company> {
  const before = await companyOf(tx, by, input.companyId);
  mustBeBoard(by, 'change the company');
  if (input.status === 'ARCHIVED' && before.status !== 'ARCHIVED') throw badInput('status', 'use archiveCompany');
  const data = {
    ...(typeof input.name === 'string' ? { name: requiredText('name', input.name, LIMITS.name) } : {}),
    ...(input.description !== undefined ? { description: optionalText('description', input.description, LIMITS.description) } : {}),
    ...(input.attachmentMaxBytes !== undefined && input.attachmentMaxBytes !== null ? { attachmentMaxBytes: checkedAttachmentMax(input.attachmentMaxBytes) } : {}),
    ...(input.brandColor !== undefined ? { brandColor: checkedColor('brandColor', input.brandColor) } : {}),
    ...(typeof input.hiresNeedApproval === 'boolean' ? { hiresNeedApproval: input.hiresNeedApproval } : {}),
    ...(input.status ? { status: input.status, ...(input.status === 'ARCHIVED' ? {} : { archivedAt: null }) } : {}),
  };
  const company = await tx.company.update({ where: { id: before.id }, data });
  if (company.status === 'ACTIVE' && before.status !== 'ACTIVE') touch(tx, 'queue'); // what waited for it may start
  await recordActivity(tx, by, { companyId: company.id, action: 'company.updated', entityType: 'company', entityId: company.id, details: { changed: Object.keys(data) } });
  if (company.status === 'ACTIVE' && before.status !== 'ACTIVE') await makeUpWakes(tx, by, { companyId: company.id });
  return company;
}

/** One file can be at most 1 GiB. */
function checkedAttachmentMax(bytes: bigint): bigint {
  if (bytes < 1n || bytes > 1_073_741_824n) throw badInput('attachmentMaxBytes', 'must be from 1 to 1073741824');
  return bytes;
}

/** Closes a company: its agents pause, its runs are cancelled, its data stays readable. */
export async function archiveCompany(tx: Tx, by: Principal, input: { companyId: string }): Promise<Company> {
  const before = await companyOf(tx, by, input.companyId);
  mustBeBoard(by, 'archive the company');
  if (before.status === 'ARCHIVED') return before;
  const company = await tx.company.update({ where: { id: before.id }, data: { status: 'ARCHIVED', archivedAt: new Date() } });
  const paused = await tx.agent.updateManyAndReturn({
    where: { companyId: company.id, status: { notIn: ['PAUSED', 'TERMINATED', 'PENDING_APPROVAL'] } },
    data: { status: 'PAUSED', pauseReason: 'COMPANY_ARCHIVED', pausedAt: new Date() }, select: { id: true },
  });
  await recordActivities(tx, by, paused.map(({ id }) => ({ companyId: company.id, action: 'agent.paused', entityType: 'agent', entityId: id, details: { reason: 'COMPANY_ARCHIVED' } })));
  const open = await tx.run.findMany({ where: { companyId: company.id, status: { in: ['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'] } }, orderBy: { id: 'asc' }, select: { id: true } });
  await requestCancels(tx, by, open.map(({ id }) => id), 'company archived');
  await recordActivity(tx, by, { companyId: company.id, action: 'company.archived', entityType: 'company', entityId: company.id });
  return company;
}

/** The company, where this principal may see it. */
export async function companyOf(tx: Tx, by: Principal, companyId: string): Promise<Company> {
  const company = await tx.company.findUnique({ where: { id: companyId } });
  visible(by, company && { companyId: company.id }, 'company');
  return company as Company;
}

/** As companyOf, for what makes something new in it: an archived company takes nothing in. */
export async function openCompanyOf(tx: Tx, by: Principal, companyId: string): Promise<Company> {
  const company = await companyOf(tx, by, companyId);
  if (company.status === 'ARCHIVED') throw new Refusal('RULE_VIOLATION', 'the company is archived');
  return company;
}

/** `#rrggbb` in lower case, or null. */
export function checkedColor(field: string, color: string | null | undefined): string | null {
  if (!color) return null;
  if (!/^#[0-9a-fA-F]{6}$/.test(color)) throw badInput(field, 'must be a colour such as #1d6e37');
  return color.toLowerCase();
}
