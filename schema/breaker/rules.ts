import type { BreakerKind, RunProgress, RunStatus } from '../../prisma/generated/enums.ts';

/** The limits that pause an agent by themselves; 0 is off. */
export interface Limits {
  consecutiveFailures: number;
  runsWithoutProgress: number;
  runsPerHour: number;
  runsPerDay: number;
  tokensPerRun: bigint;
  /** Percent of the agent's own average of tokens per minute. */
  velocityPercent: number;
}

/** A level's own word on each limit: null takes it from the level above. */
export type OwnLimits = { [Name in keyof Limits]: Limits[Name] | null };

/**
 * What holds where neither agent nor company say otherwise: far beyond what work that goes well does, so that they meet only
 * what runs away. How many tokens are many depends on model and work, and bursts are normal: these two wait for the owner's word.
 */
export const DEFAULTS: Limits = { consecutiveFailures: 6, runsWithoutProgress: 10, runsPerHour: 60, runsPerDay: 500, tokensPerRun: 0n, velocityPercent: 0 };

export const UNSAID: OwnLimits = { consecutiveFailures: null, runsWithoutProgress: null, runsPerHour: null, runsPerDay: null, tokensPerRun: null, velocityPercent: null };

/** What a limit may be where it is on. */
export const RANGES: { readonly [Name in keyof Limits]: { readonly least: number; readonly most: number } } = {
  consecutiveFailures: { least: 1, most: 1_000 }, runsWithoutProgress: { least: 1, most: 1_000 }, runsPerHour: { least: 1, most: 100_000 },
  runsPerDay: { least: 1, most: 1_000_000 }, tokensPerRun: { least: 1, most: Number.MAX_SAFE_INTEGER }, velocityPercent: { least: 101, most: 1_000_000 },
};

/** The limits that hold: the agent's word before the company's, and that before Boardroom's. */
export function effective(agent: OwnLimits, company: OwnLimits): Limits {
  return {
    consecutiveFailures: agent.consecutiveFailures ?? company.consecutiveFailures ?? DEFAULTS.consecutiveFailures,
    runsWithoutProgress: agent.runsWithoutProgress ?? company.runsWithoutProgress ?? DEFAULTS.runsWithoutProgress,
    runsPerHour: agent.runsPerHour ?? company.runsPerHour ?? DEFAULTS.runsPerHour,
    runsPerDay: agent.runsPerDay ?? company.runsPerDay ?? DEFAULTS.runsPerDay,
    tokensPerRun: agent.tokensPerRun ?? company.tokensPerRun ?? DEFAULTS.tokensPerRun,
    velocityPercent: agent.velocityPercent ?? company.velocityPercent ?? DEFAULTS.velocityPercent,
  };
}

/** A limit that was passed. */
export interface Passed {
  kind: BreakerKind;
  limit: bigint;
  observed: bigint;
  evidence: Record<string, unknown>;
}

/** A run that ended by itself, as breakers see it. */
export interface EndedRun {
  id: string;
  number: number;
  status: RunStatus;
  errorCode: string | null;
  progress: RunProgress | null;
}

/** Lost processes and machines say nothing about the agent: such runs neither count nor end a row. */
export const LOST_CODES = ['PROCESS_LOST', 'WORKER_LOST'] as const;

const EVIDENCE_MAX = 20;
const told = (runs: readonly EndedRun[]) => runs.slice(0, EVIDENCE_MAX).map(({ number, status, errorCode, progress }) => ({ number, status, errorCode, progress }));

export function hasFailed({ status }: Pick<EndedRun, 'status'>): boolean {
  return status === 'FAILED' || status === 'TIMED_OUT';
}

/** Nobody can see on its issue that it was there. A run without an issue, and one that left a plan or a word, are not of these. */
export function leftNothing({ progress }: Pick<EndedRun, 'progress'>): boolean {
  return progress === 'EMPTY' || progress === 'FAILED';
}

/** As many failures in a row as the limit allows for none more; `newestFirst` holds at least so many runs, if there are. */
export function judgeFailures(newestFirst: readonly EndedRun[], limit: number): Passed | null {
  return judgeRow('CONSECUTIVE_FAILURES', newestFirst, limit, hasFailed);
}

export function judgeProgress(newestFirst: readonly EndedRun[], limit: number): Passed | null {
  return judgeRow('RUNS_WITHOUT_PROGRESS', newestFirst, limit, leftNothing);
}

function judgeRow(kind: BreakerKind, newestFirst: readonly EndedRun[], limit: number, counts: (run: EndedRun) => boolean): Passed | null {
  const last = newestFirst.slice(0, limit);
  if (limit === 0 || last.length < limit || !last.every(counts)) return null;
  return { kind, limit: BigInt(limit), observed: BigInt(limit), evidence: { runs: told(last) } };
}

/** A start that would be one more than the hour, or the day, allows. The counts are of runs that started before it. */
export function judgeRate({ inHour, inDay }: { inHour: number; inDay: number }, limits: Pick<Limits, 'runsPerHour' | 'runsPerDay'>): Passed | null {
  if (limits.runsPerHour > 0 && inHour >= limits.runsPerHour) return rate('RUNS_PER_HOUR', limits.runsPerHour, inHour, 1);
  if (limits.runsPerDay > 0 && inDay >= limits.runsPerDay) return rate('RUNS_PER_DAY', limits.runsPerDay, inDay, 24);
  return null;
}

function rate(kind: BreakerKind, limit: number, started: number, hours: number): Passed {
  return { kind, limit: BigInt(limit), observed: BigInt(started) + 1n, evidence: { started, hours } };
}

export interface UsedByRun {
  tokens: bigint;
  elapsedMs: number;
  /** Of the agent's last finished runs whose tokens are known, without this one. */
  past: { runs: number; tokens: bigint; elapsedMs: number };
}

/** Fewer runs make no average that means anything. */
export const VELOCITY = { sample: 20, least: 5 } as const;
const MINUTE_MS = 60_000;

/** What one run has used, against the most that it may and against what is usual for its agent. */
export function judgeUsage({ tokens, elapsedMs, past }: UsedByRun, limits: Pick<Limits, 'tokensPerRun' | 'velocityPercent'>): Passed | null {
  if (limits.tokensPerRun > 0n && tokens > limits.tokensPerRun) return { kind: 'TOKENS_PER_RUN', limit: limits.tokensPerRun, observed: tokens, evidence: {} };
  if (limits.velocityPercent === 0 || past.runs < VELOCITY.least) return null;
  const average = perMinute(past.tokens, past.elapsedMs);
  const limit = (average * BigInt(limits.velocityPercent)) / 100n;
  const observed = perMinute(tokens, elapsedMs);
  if (average === 0n || observed <= limit) return null;
  return { kind: 'TOKEN_VELOCITY', limit, observed, evidence: { averagePerMinute: Number(average), percent: limits.velocityPercent, runs: past.runs } };
}

/** A run of a moment is taken for one of a minute: else its first words would be a speed without measure. */
function perMinute(tokens: bigint, elapsedMs: number): bigint {
  return (tokens * BigInt(MINUTE_MS)) / BigInt(Math.max(MINUTE_MS, Math.round(elapsedMs)));
}

/** Before what a breaker stopped: such runs were not stopped by hand, and what they were for is made up for on resume. */
export const BREAKER_STOP = 'circuit breaker: ';

const sentences: Record<BreakerKind, (observed: bigint, limit: bigint) => string> = {
  CONSECUTIVE_FAILURES: (observed, limit) => (limit === 0n ? 'a run failed in a way that trying again does not mend' : observed === 1n ? 'a run failed' : `${observed} runs in a row failed`),
  RUNS_WITHOUT_PROGRESS: (observed) => `${observed} runs in a row left nothing to be seen on their issues`,
  RUNS_PER_HOUR: (observed, limit) => `run ${observed} within an hour, and ${limit} are allowed`,
  RUNS_PER_DAY: (observed, limit) => `run ${observed} within 24 hours, and ${limit} are allowed`,
  TOKENS_PER_RUN: (observed, limit) => `a run used ${observed} tokens, and ${limit} are allowed`,
  TOKEN_VELOCITY: (observed, limit) => `a run used ${observed} tokens a minute, and by the agent's own average ${limit} are allowed`,
};

/** What was seen, for people. */
export function tripSentence({ kind, observed, limit }: Pick<Passed, 'kind' | 'observed' | 'limit'>): string {
  return sentences[kind](observed, limit);
}
