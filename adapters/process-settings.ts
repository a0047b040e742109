import { z } from 'zod';

const environment = z
  .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'not a name of an environment variable'), noNul('a value').max(100_000))
  .default({})
  .describe('Environment variables of the process. Values are never shown again.');

/** Text that can become an argument or a path: the operating system cannot pass a NUL byte. */
export function noNul(what: string): z.ZodString {
  return z.string().refine((text) => !text.includes('\0'), `${what} must not contain a NUL character`);
}

/** The fields that every adapter which starts a local process shares; spread them into its own `z.strictObject`. */
export const processSettings = {
  cwd: noNul('cwd').refine((path) => path.startsWith('/'), 'must be an absolute path').optional()
    .describe('Where it works. Empty: a folder of the agent’s own.'),
  env: environment,
  timeoutSec: z.number().int().min(0).max(7 * 86_400).default(0).describe('Stop the process after so many seconds; 0 = never.'),
  graceSec: z.number().int().min(0).max(600).default(15).describe('Seconds between SIGTERM and SIGKILL.'),
};
