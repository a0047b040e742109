import { type Logger, type LoggerOptions, pino } from 'pino';

/**
 * The log of a process, on its standard output. Where that takes nothing (its disk is full, its terminal was closed) lines are
 * lost, and the process goes on: pino alone hears only of a reader that left, and anything else would end it.
 */
export function openLog(options: LoggerOptions): Logger {
  const output = pino.destination(1);
  output.on('error', () => {
    output.flushSync = () => undefined; // at the end of the process it would try for good
  });
  return pino(options, output);
}
