/** What the load process is told to do. */
export type Order = SteadyOrder | RaceOrder;

interface Target {
  port: number;
  path: string;
  clients: number;
  /** Bodies, sent in turn. */
  bodies: string[];
  /** A token for each client; none is the board. */
  tokens?: string[];
}

/** Every client asks again as soon as it has its answer, for so long, or so often in all. */
export interface SteadyOrder extends Target {
  kind: 'steady';
  ms?: number;
  count?: number;
}

/** For each body, all clients send it at the same moment, and the next one follows when all have their answer. */
export interface RaceOrder extends Target {
  kind: 'race';
  /** What the answer to a winner contains. */
  mark: string;
}

export interface LoadResult {
  requests: number;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  meanBytes: number;
  /** Answers that were not 200, or carried errors. */
  failed: number;
  firstFailure: string | null;
  /** Winners of each race. */
  winners?: number[];
}
