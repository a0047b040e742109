import type { OutputReader, TranscriptEntry } from '../../../adapters/contract.ts';

/** A reader that throws has met output nobody thought of: the log goes on without it, and the run fails with a word about it. */
export function safeReader(reader: OutputReader, onFault: (error: unknown) => void): OutputReader {
  let fault: Error | null = null;
  const guarded = <T>(work: () => T, otherwise: T): T => {
    if (fault) return otherwise;
    try {
      return work();
    } catch (error) {
      fault = error instanceof Error ? error : new Error(String(error));
      onFault(error);
      return otherwise;
    }
  };
  const nothing: readonly TranscriptEntry[] = [];
  return {
    feed: (stream, text) => guarded(() => reader.feed(stream, text), nothing),
    end: () => guarded(() => reader.end(), nothing),
    report: () => guarded(() => reader.report(), {}),
    outcome(exit) {
      const outcome = guarded(() => reader.outcome(exit), null);
      return outcome ?? {
        kind: 'failed', code: 'ADAPTER_ERROR', message: `Its output could not be understood: ${fault?.message ?? 'unknown'}`,
        remedy: 'The log is complete. Report this as a fault of the adapter.',
      };
    },
  };
}
