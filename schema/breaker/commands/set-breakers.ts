import type { BreakerSettings } from '../../../prisma/generated/client.ts';
import { newId } from '../../../prisma/id.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { agentFor } from '../../agent/commands.ts';
import { openCompanyOf } from '../../company/commands.ts';
import { badInput, notFound, Refusal } from '../../shared/refusal.ts';
import { type OwnLimits, RANGES } from '../rules.ts';

/** Absent stays as it is, null takes what the level above says, 0 is off. */
export type SetBreakers = { companyId?: string | null | undefined; agentId?: string | null | undefined } & { [Name in keyof OwnLimits]?: OwnLimits[Name] | undefined };

/** Sets limits of one agent, or those of a company for all its agents that have none of their own. What has tripped stays so. */
export async function setBreakers(tx: Tx, by: Principal, { companyId, agentId, ...limits }: SetBreakers): Promise<BreakerSettings> {
  if (!companyId && !agentId) throw badInput('companyId', 'name a company, or an agent');
  const agent = agentId ? await agentFor(tx, by, agentId) : null;
  if (agent && companyId && agent.companyId !== companyId) throw notFound('agent');
  const company = await openCompanyOf(tx, by, agent?.companyId ?? (companyId as string));
  mustBeBoard(by, 'set breakers');
  if (agent?.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent stays as it was', { field: 'agentId' });
  const data = checked(limits);
  const before = await tx.breakerSettings.findFirst({ where: { companyId: company.id, agentId: agent?.id ?? null } });
  const changed = Object.entries(data).filter(([name, limit]) => (before?.[name as keyof OwnLimits] ?? null) !== limit);
  if (before && changed.length === 0) return before;
  const after = before
    ? await tx.breakerSettings.update({ where: { id: before.id }, data })
    : await tx.breakerSettings.create({ data: { id: newId(), companyId: company.id, agentId: agent?.id ?? null, ...data } });
  await recordActivity(tx, by, {
    companyId: company.id, action: 'breakers.set', ...(agent ? { entityType: 'agent' as const, entityId: agent.id } : { entityType: 'company' as const, entityId: company.id }),
    details: { changed: Object.fromEntries(changed.map(([name, limit]) => [name, limit?.toString() ?? null])) },
  });
  return after;
}

function checked(limits: { [Name in keyof OwnLimits]?: OwnLimits[Name] | undefined }): Partial<OwnLimits> {
  const given = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  for (const [name, limit] of given) {
    if (limit === null || BigInt(limit as number | bigint) === 0n) continue;
    const { least, most } = RANGES[name as keyof OwnLimits];
    if ((limit as number | bigint) < least || (limit as number | bigint) > most) throw badInput(name, `must be ${least} to ${most}, 0 for off, or null for what the level above says`);
  }
  return Object.fromEntries(given);
}
