import { notFound, Refusal } from '../shared/refusal.ts';

/** Who asks. Everything that reads or changes a company takes one. */
export type Principal =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'agentKey'; readonly agentId: string; readonly companyId: string; readonly keyId: string }
  | { readonly kind: 'run'; readonly agentId: string; readonly companyId: string; readonly runId: string; readonly issueId: string | null }
  | { readonly kind: 'system' };

/** The scheduler, the run engine and recovery. */
export const SYSTEM: Principal = { kind: 'system' };

/** The one board user of local_trusted mode, made by the first migration. */
export const LOCAL_BOARD_USER = '00000000-0000-7000-8000-000000000001';

/** The agent that asks, by key or by run token; null for people and the system. */
export function agentOf(by: Principal): string | null {
  return by.kind === 'agentKey' || by.kind === 'run' ? by.agentId : null;
}

/** The run that asks; only a run token proves one. */
export function runOf(by: Principal): string | null {
  return by.kind === 'run' ? by.runId : null;
}

/** The company boundary. Every row reached by an id from outside passes here. */
export function maySee(by: Principal, companyId: string): boolean {
  return by.kind === 'user' || by.kind === 'system' || by.companyId === companyId;
}

/** The row, where this principal may see it; NOT_FOUND else, also for a row that exists elsewhere. */
export function visible<Row extends { companyId: string }>(by: Principal, row: Row | null | undefined, what: string): Row {
  if (!row || !maySee(by, row.companyId)) throw notFound(what);
  return row;
}

/** Declines agents: what only the board may do. */
export function mustBeBoard(by: Principal, doing: string): void {
  if (by.kind !== 'user' && by.kind !== 'system') throw new Refusal('FORBIDDEN', `only the board may ${doing}`);
}
