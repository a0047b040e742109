import type { AgentStatus } from '../../prisma/generated/enums.ts';
import { sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { effective, type Limits, type OwnLimits } from './rules.ts';

/** The limits of a settings row, as the driver gives those of a JSON document. */
export type StoredLimits = { [Name in keyof OwnLimits]: number | null } | null;

/** The limits of a `breaker_settings` row under an alias, null where there is none. */
export const limitsOf = (alias: 'own' | 'company') => (alias === 'own' ? ownLimits : companyLimits);
const ownLimits = sql`CASE WHEN own.id IS NOT NULL THEN jsonb_build_object('consecutiveFailures', own.consecutive_failures, 'runsWithoutProgress', own.runs_without_progress,
  'runsPerHour', own.runs_per_hour, 'runsPerDay', own.runs_per_day, 'tokensPerRun', own.tokens_per_run, 'velocityPercent', own.velocity_percent) END`;
const companyLimits = sql`CASE WHEN company.id IS NOT NULL THEN jsonb_build_object('consecutiveFailures', company.consecutive_failures, 'runsWithoutProgress', company.runs_without_progress,
  'runsPerHour', company.runs_per_hour, 'runsPerDay', company.runs_per_day, 'tokensPerRun', company.tokens_per_run, 'velocityPercent', company.velocity_percent) END`;

export function ownOf(stored: StoredLimits): OwnLimits {
  const { consecutiveFailures = null, runsWithoutProgress = null, runsPerHour = null, runsPerDay = null, tokensPerRun = null, velocityPercent = null } = stored ?? {};
  return { consecutiveFailures, runsWithoutProgress, runsPerHour, runsPerDay, velocityPercent, tokensPerRun: tokensPerRun === null ? null : BigInt(tokensPerRun) };
}

export interface Breakers {
  limits: Limits;
  /** What was before the last reset counts no more. */
  since: Date;
  /** It can trip: nothing has tripped that is not reset, and the agent can run at all. */
  isArmed: boolean;
}

/** An agent's limits, and from when on what it did is held against them. */
export async function breakersOf(tx: Tx, agentId: string): Promise<Breakers> {
  const [row] = await tx.$queryRaw<{ status: AgentStatus; own: StoredLimits; company: StoredLimits; since: Date | null; isTripped: boolean }[]>`
    SELECT a.status, ${limitsOf('own')} AS own, ${limitsOf('company')} AS company,
      (SELECT max(t.reset_at) FROM breaker_trip t WHERE t.agent_id = a.id) AS since,
      EXISTS (SELECT 1 FROM breaker_trip t WHERE t.agent_id = a.id AND t.reset_at IS NULL) AS "isTripped"
    FROM agent a LEFT JOIN breaker_settings own ON own.agent_id = a.id LEFT JOIN breaker_settings company ON company.company_id = a.company_id AND company.agent_id IS NULL
    WHERE a.id = ${agentId}::uuid`;
  if (!row) throw new Error('the agent of a run is always there');
  return {
    limits: effective(ownOf(row.own), ownOf(row.company)), since: row.since ?? new Date(0),
    isArmed: !row.isTripped && row.status !== 'TERMINATED' && row.status !== 'PENDING_APPROVAL',
  };
}
