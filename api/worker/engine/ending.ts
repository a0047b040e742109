import type { Outcome, OutputReader, Report } from '../../../adapters/contract.ts';
import type { ProcessState } from '../../../adapters/targets/contract.ts';
import type { FinishRun, RunReport } from '../../../schema/run/commands/finish-run.ts';
import type { RunEnd } from '../../../schema/run/rules.ts';

/** Why Boardroom ended a process, and when it had reason to. */
export type Stop =
  | { readonly kind: 'cancelled'; readonly at: Date; readonly reason: string }
  | { readonly kind: 'timedOut'; readonly at: Date; readonly timeoutSec: number }
  | { readonly kind: 'interrupted'; readonly at: Date }
  | { readonly kind: 'printedTooMuch'; readonly at: Date; readonly bytes: number };

export type Ending = Pick<FinishRun, 'end' | 'exit' | 'report' | 'retryFresh'>;

/** File times are kept by a clock that ticks up to ten milliseconds late. */
const CLOCK_GRAIN_MS = 20;

/**
 * What a run whose process is gone has come to. A process that ended by itself just before it was to be stopped has its own
 * outcome.
 */
export function endingOfProcess(state: Extract<ProcessState, { kind: 'exited' | 'lost' }>, stop: Stop | null, reader: OutputReader): Ending {
  if (state.kind === 'lost') {
    if (stop) return { end: endOfStop(stop), report: reportOf(reader.report()) };
    const message = 'The process is gone, and nobody saw how it ended.';
    return { end: { kind: 'lost', code: 'PROCESS_LOST', message }, report: reportOf(reader.report()) };
  }
  if (stop && state.at.getTime() >= stop.at.getTime() - CLOCK_GRAIN_MS) {
    return { end: endOfStop(stop), exit: state.exit, report: reportOf(reader.report()) };
  }
  return { exit: state.exit, ...endingOfOutcome(reader.outcome(state.exit)) };
}

/** What an adapter's word comes to. */
export function endingOfOutcome(outcome: Outcome): Ending {
  const report = reportOf(outcome);
  if (outcome.kind === 'succeeded') return { end: { kind: 'succeeded' }, report };
  const { code, message, remedy, family, retryNotBefore, retryFresh = false } = outcome;
  return { end: { kind: 'failed', code, message, remedy, family, retryNotBefore }, report: retryFresh ? { ...report, session: null } : report, retryFresh };
}

export function endOfStop(stop: Stop): RunEnd {
  switch (stop.kind) {
    case 'cancelled': return { kind: 'cancelled', reason: stop.reason };
    case 'timedOut': return { kind: 'timedOut', message: `The run took longer than its ${stop.timeoutSec} seconds.` };
    case 'interrupted': return { kind: 'interrupted', message: 'Boardroom was stopped while the agent worked.' };
    case 'printedTooMuch': return {
      kind: 'failed', code: 'OUTPUT_TOO_LARGE', message: `It printed more than ${Math.round(stop.bytes / 2 ** 20)} MiB.`,
      remedy: 'Let the agent write what is that long into a file.',
    };
  }
}

const NAME_MAX = 120;
/** 2^53: what the cost table takes. */
const AMOUNT_MAX = 9_007_199_254_740_992n;

/** An adapter reads what a program wrote; what cannot be true is left out here, so that it never keeps a run from ending. */
export function reportOf(report: Report): RunReport {
  const { usage } = report;
  return {
    summary: report.summary,
    usage: usage && { inputTokens: amount(usage.inputTokens) ?? 0n, cachedInputTokens: amount(usage.cachedInputTokens) ?? 0n, outputTokens: amount(usage.outputTokens) ?? 0n },
    costMicros: amount(report.costMicros), worthMicros: amount(report.worthMicros), provider: name(report.provider), biller: name(report.biller), model: name(report.model),
    billingType: report.billingType, session: report.session,
  };
}

function amount(value: bigint | undefined): bigint | undefined {
  return value !== undefined && value >= 0n && value <= AMOUNT_MAX ? value : undefined;
}

function name(text: string | undefined): string | undefined {
  return text?.replaceAll('\0', '').toWellFormed().trim().slice(0, NAME_MAX) || undefined;
}
