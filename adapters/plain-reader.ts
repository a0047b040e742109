import type { OutputReader, ProcessExit } from './contract.ts';

const tailLength = 400;

/** For programs whose output has no known shape: the exit code decides, the end of stderr explains. */
export function plainReader(): OutputReader {
  let stderrTail = '';
  return {
    feed(stream, text) {
      if (stream === 'stderr') stderrTail = (stderrTail + text.slice(-tailLength)).slice(-tailLength);
      return [];
    },
    end: () => [],
    report: () => ({}),
    outcome(exit) {
      if (exit.code === 0) return { kind: 'succeeded' };
      const lastLine = stderrTail.trimEnd().split('\n').at(-1)?.trim();
      return { ...failureOfExit(exit), message: lastLine ? `${describeExit(exit)}: ${lastLine}` : describeExit(exit) };
    },
  };
}

/** The outcome of a process of which only the exit is known. */
export function failureOfExit(exit: ProcessExit): { kind: 'failed'; code: string; message: string } {
  return { kind: 'failed', code: exit.signal === null ? 'EXIT_CODE' : 'KILLED_BY_SIGNAL', message: describeExit(exit) };
}

export function describeExit(exit: ProcessExit): string {
  return exit.signal === null ? `exited with code ${String(exit.code)}` : `was ended by ${exit.signal}`;
}
