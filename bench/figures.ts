/** What was measured of one thing: throughput, times, memory; names carry their unit. */
export type Measured = Record<string, number>;
export type Variant = 'boardroom' | 'yoga' | 'node' | 'cat' | 'spawn';

/** One row of the results: a piece of work, done by Boardroom and beside it by the baselines in the same run. */
export interface Figure {
  case: string;
  work: string;
  issues: number | null;
  clients: number | null;
  boardroom: Measured;
  baselines: Partial<Record<Exclude<Variant, 'boardroom'>, Measured>>;
  /** Boardroom's main measure over the baseline's. */
  ratios: Partial<Record<Exclude<Variant, 'boardroom'>, number>>;
  target?: Judged;
  /** What the peer does of the same, on a machine like this one. */
  peer?: number;
}

export interface Judged {
  measure: string;
  atLeast?: number;
  atMost?: number;
  met: boolean;
}

interface Aim {
  case: string;
  issues?: number;
  clients?: number;
  measure: string;
  atLeast?: number;
  atMost?: number;
  peer?: number;
}

/** What is aimed at, and what the peer was measured at (docs/performance.md says how). */
const aims: Aim[] = [
  { case: 'page', issues: 1_000, clients: 10, measure: 'perSecond', atLeast: 1_100, peer: 109 },
  { case: 'page', issues: 1_000, clients: 1, measure: 'perSecond', peer: 17 },
  { case: 'page', issues: 1_000, clients: 50, measure: 'perSecond', peer: 132 },
  { case: 'pages', issues: 1_000, clients: 10, measure: 'perSecond', atLeast: 1_100 },
  { case: 'pages', issues: 1_000, clients: 1, measure: 'p50Ms', peer: 25 },
  { case: 'pages', issues: 10_000, clients: 1, measure: 'p50Ms', peer: 155 },
  { case: 'issue', issues: 1_000, clients: 1, measure: 'perSecond', peer: 18 },
  { case: 'issue', issues: 1_000, clients: 10, measure: 'perSecond', atLeast: 1_500, peer: 41 },
  { case: 'issue', issues: 1_000, clients: 50, measure: 'perSecond', peer: 21 },
  { case: 'create', issues: 1_000, clients: 1, measure: 'perSecond', peer: 25 },
  { case: 'create', issues: 1_000, clients: 10, measure: 'perSecond', atLeast: 450, peer: 48 },
  { case: 'create', issues: 1_000, clients: 50, measure: 'perSecond', peer: 66 },
  { case: 'comment', issues: 1_000, clients: 1, measure: 'perSecond', peer: 20 },
  { case: 'comment', issues: 1_000, clients: 10, measure: 'perSecond', atLeast: 450, peer: 31 },
  { case: 'comments-at-once', issues: 1_000, measure: 'failed', atMost: 0 },
  { case: 'dashboard', issues: 1_000, clients: 1, measure: 'perSecond', peer: 34 },
  { case: 'dashboard', issues: 1_000, clients: 10, measure: 'perSecond', atLeast: 890, peer: 89 },
  { case: 'dashboard', issues: 1_000, clients: 50, measure: 'perSecond', peer: 83 },
  { case: 'checkout', measure: 'p95Ms', atMost: 150, peer: 1_353 },
  { case: 'wake', measure: 'startedP50Ms', atMost: 60, peer: 485 },
  { case: 'beside-runs', measure: 'timesQuiet', atMost: 2, peer: 8.5 },
  { case: 'log-bulk', clients: 1, measure: 'seconds', atMost: 5, peer: 9.8 },
  { case: 'log-live', clients: 20, measure: 'p95Ms', atMost: 50 },
  { case: 'log-live', clients: 1, measure: 'p50Ms', peer: 1 },
  { case: 'growth', issues: 100_000, measure: 'timesTheCost', atMost: 1.3 },
  { case: 'growth-fresh', issues: 100_000, measure: 'timesTheCost', atMost: 1.3, peer: 17 },
  { case: 'costs-dashboard-growth', measure: 'timesTheCost', atMost: 3 },
  { case: 'costs-report-growth', measure: 'timesTheCost', atMost: 3 },
  { case: 'reanchor', measure: 'p50Ms', atMost: 250 },
  { case: 'document-write', measure: 'p50Ms', atMost: 500 },
  { case: 'start-first', measure: 'seconds', atMost: 4, peer: 10.7 },
  { case: 'start-warm', measure: 'seconds', atMost: 1.5, peer: 7 },
  { case: 'rest', measure: 'memoryMiB', atMost: 250, peer: 582 },
  { case: 'rest', measure: 'cpuPercent', atMost: 1, peer: 8 },
];

const mainMeasures = ['perSecond', 'linesPerSecond', 'p50Ms', 'startedP50Ms', 'seconds'];

/** A figure with its ratios, and judged where there is something to meet. */
export function figure(row: Omit<Figure, 'ratios' | 'target' | 'peer'>): Figure {
  const main = mainMeasures.find((name) => name in row.boardroom);
  const ratios = Object.fromEntries(
    Object.entries(row.baselines).flatMap(([name, measured]) => (main && measured?.[main] ? [[name, round((row.boardroom[main] ?? 0) / measured[main])]] : [])),
  );
  const aim = aims.find((each) => each.case === row.case && (each.issues ?? row.issues) === row.issues && (each.clients ?? row.clients) === row.clients && each.measure in row.boardroom);
  if (!aim) return { ...row, ratios };
  const { measure, atLeast, atMost, peer } = aim;
  const value = row.boardroom[measure] ?? NaN;
  const met = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
  const hasTarget = atLeast !== undefined || atMost !== undefined;
  return {
    ...row, ratios,
    ...(hasTarget ? { target: { measure, ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }), met } } : {}),
    ...(peer === undefined ? {} : { peer }),
  };
}

/** Three digits are what such a measurement is worth. */
export function round(value: number): number {
  return value === 0 || !Number.isFinite(value) ? value : Number(value.toPrecision(3));
}

export function rounded(measured: Measured): Measured {
  return Object.fromEntries(Object.entries(measured).map(([name, value]) => [name, round(value)]));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}
