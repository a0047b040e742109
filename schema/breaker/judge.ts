import { now } from '../../prisma/clock.ts';
import type { Run } from '../../prisma/generated/client.ts';
import { type Sql, sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type EndedRun, hasFailed, judgeFailures, judgeProgress, judgeRate, judgeUsage, leftNothing, LOST_CODES, type Passed, tripSentence, type UsedByRun, VELOCITY } from './rules.ts';
import { breakersOf } from './settings.ts';
import { trip } from './trip.ts';

/** Runs that ended by themselves since a time, the one that began last first. */
function endedRuns(tx: Tx, agentId: string, since: Date, limit: number, which: Sql): Promise<EndedRun[]> {
  return tx.$queryRaw<EndedRun[]>`
    SELECT r.id, r.number, r.status, r.error_code AS "errorCode", r.progress FROM run r
    WHERE r.agent_id = ${agentId}::uuid AND r.started_at IS NOT NULL AND r.status IN ('SUCCEEDED', 'FAILED', 'TIMED_OUT') AND r.finished_at > ${since}::timestamptz
      AND (r.error_code IS NULL OR r.error_code <> ALL(${[...LOST_CODES]})) AND ${which}
    ORDER BY r.started_at DESC, r.id DESC LIMIT ${limit}::int`;
}

type Ended = Pick<Run, 'id' | 'number' | 'agentId' | 'status' | 'errorCode' | 'progress' | 'startedAt' | 'finishedAt' | 'inputTokens' | 'cachedInputTokens' | 'outputTokens'>;

/**
 * Looks at an agent's breakers when a run of it has ended and its progress is known. A failure that trying again does not mend
 * trips at once, whatever the settings are: the next run could only fail as well.
 */
export async function judgeEnd(tx: Tx, run: Ended, isPermanent: boolean): Promise<boolean> {
  const isLost = run.errorCode !== null && (LOST_CODES as readonly string[]).includes(run.errorCode);
  const failed = hasFailed(run) && !isLost;
  const stayedUnseen = leftNothing(run) && !isLost && run.status !== 'CANCELLED' && run.status !== 'INTERRUPTED';
  if (!failed && !stayedUnseen && run.inputTokens === null && run.outputTokens === null) return false;
  const { limits, since, isArmed } = await breakersOf(tx, run.agentId);
  if (!isArmed) return false;
  const passed = (failed && isPermanent ? permanent(run) : null)
    ?? (failed && limits.consecutiveFailures > 0 ? judgeFailures(await endedRuns(tx, run.agentId, since, limits.consecutiveFailures, sql`true`), limits.consecutiveFailures) : null)
    ?? (stayedUnseen && limits.runsWithoutProgress > 0
      ? judgeProgress(await endedRuns(tx, run.agentId, since, limits.runsWithoutProgress, sql`r.progress IS NOT NULL AND r.issue_id IS NOT NULL`), limits.runsWithoutProgress) : null)
    ?? (await judgeTokens(tx, run, since, limits));
  return passed !== null && (await trip(tx, { agentId: run.agentId, runId: run.id, passed })) !== null;
}

function permanent({ number, status, errorCode, progress }: Ended): Passed {
  return { kind: 'CONSECUTIVE_FAILURES', limit: 0n, observed: 1n, evidence: { isPermanent: true, runs: [{ number, status, errorCode, progress }] } };
}

type Using = Pick<Run, 'id' | 'number' | 'agentId' | 'startedAt' | 'finishedAt' | 'inputTokens' | 'cachedInputTokens' | 'outputTokens'>;

/** Looks at what a running run has used so far. What it is stopped for, where it is. */
export async function judgeReport(tx: Tx, run: Using): Promise<string | null> {
  const { limits, since, isArmed } = await breakersOf(tx, run.agentId);
  if (!isArmed) return null;
  const passed = await judgeTokens(tx, run, since, limits);
  return passed && (await trip(tx, { agentId: run.agentId, runId: run.id, passed })) ? tripSentence(passed) : null;
}

async function judgeTokens(tx: Tx, run: Using, since: Date, limits: { tokensPerRun: bigint; velocityPercent: number }): Promise<Passed | null> {
  // One that began before the last reset is what was reset.
  if ((limits.tokensPerRun === 0n && limits.velocityPercent === 0) || !run.startedAt || run.startedAt <= since) return null;
  const tokens = await tokensOf(tx, run);
  const elapsedMs = (run.finishedAt ?? now()).getTime() - run.startedAt.getTime();
  const past = limits.velocityPercent === 0 ? { runs: 0, tokens: 0n, elapsedMs: 0 } : await pastUsage(tx, run);
  const passed = judgeUsage({ tokens, elapsedMs, past }, limits);
  return passed && { ...passed, evidence: { run: run.number, tokens: tokens.toString(), elapsedMs, ...passed.evidence } };
}

const sumOfEvents = (runId: Sql) => sql`(SELECT sum(e.input_tokens + e.cached_input_tokens + e.output_tokens)::bigint FROM cost_event e WHERE e.run_id = ${runId})`;

/** What its worker told, and what its agent reported itself. Once it is over, what the worker told is one of the events. */
async function tokensOf(tx: Tx, { id, finishedAt, inputTokens, cachedInputTokens, outputTokens }: Using): Promise<bigint> {
  const told = (inputTokens ?? 0n) + (cachedInputTokens ?? 0n) + (outputTokens ?? 0n);
  const [row] = await tx.$queryRaw<{ tokens: bigint | null }[]>`SELECT ${sumOfEvents(sql`${id}::uuid`)} AS tokens`;
  const reported = row?.tokens ?? 0n;
  if (finishedAt === null) return told + reported;
  return told > reported ? told : reported;
}

/** Each run counts for a minute at least, as the one that is judged does. */
async function pastUsage(tx: Tx, { id, agentId }: Pick<Run, 'id' | 'agentId'>): Promise<UsedByRun['past']> {
  const [row] = await tx.$queryRaw<{ runs: number; tokens: bigint; elapsedMs: number }[]>`
    SELECT count(*)::int AS runs, coalesce(sum(x.tokens), 0)::bigint AS tokens, coalesce(sum(x.ms), 0)::float8 AS "elapsedMs" FROM (
      SELECT greatest(coalesce(r.input_tokens, 0) + coalesce(r.cached_input_tokens, 0) + coalesce(r.output_tokens, 0), ${sumOfEvents(sql`r.id`)}) AS tokens,
        greatest(60000, extract(epoch FROM r.finished_at - r.started_at) * 1000) AS ms
      FROM run r WHERE r.agent_id = ${agentId}::uuid AND r.id <> ${id}::uuid AND r.started_at IS NOT NULL AND r.finished_at IS NOT NULL
        AND (r.input_tokens IS NOT NULL OR r.output_tokens IS NOT NULL OR EXISTS (SELECT 1 FROM cost_event e WHERE e.run_id = r.id))
      ORDER BY r.started_at DESC, r.id DESC LIMIT ${VELOCITY.sample}::int) x`;
  return row ?? { runs: 0, tokens: 0n, elapsedMs: 0 };
}

/** Looks whether one more run may start now, and trips where it may not. Asked in the transaction that would start it. */
export async function judgeStart(tx: Tx, { runId, agentId, at }: { runId: string; agentId: string; at: Date }): Promise<boolean> {
  const { limits, since, isArmed } = await breakersOf(tx, agentId);
  if (!isArmed || (limits.runsPerHour === 0 && limits.runsPerDay === 0)) return false;
  const hourAgo = later(since, new Date(at.getTime() - 3_600_000));
  const from = limits.runsPerDay === 0 ? hourAgo : later(since, new Date(at.getTime() - 24 * 3_600_000));
  const [counts] = await tx.$queryRaw<{ inHour: number; inDay: number }[]>`
    SELECT (count(*) FILTER (WHERE r.started_at > ${hourAgo}::timestamptz))::int AS "inHour", count(*)::int AS "inDay"
    FROM run r WHERE r.agent_id = ${agentId}::uuid AND r.started_at > ${from}::timestamptz`;
  const passed = judgeRate(counts ?? { inHour: 0, inDay: 0 }, limits);
  return passed !== null && (await trip(tx, { agentId, runId, passed })) !== null;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
