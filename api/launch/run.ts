import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { DatabaseProblem } from '../../prisma/problem.ts';
import { ConfigProblem, environmentOf, readConfig, usage } from '../config.ts';
import { CannotStart } from './child.ts';
import { supervise, type ProcessPlan } from './supervisor.ts';

const say = (line: string) => console.log(`boardroom: ${line}`);

/** What comes so soon after the first signal to stop is the same press of keys. */
const SAME_PRESS_MS = 1_000;

/** Somebody changed their mind before everything was up. */
class StoppedEarly extends Error {}

/** What is only asked about is told, and nothing is started. */
function answered(words: string[]): boolean {
  if (words.includes('--help') || words.includes('-h')) console.log(usage);
  else if (words.includes('--version')) console.log((createRequire(import.meta.url)('../../package.json') as { version: string }).version);
  else return false;
  return true;
}

/** Runs Boardroom in the foreground until it is told to stop. */
export async function run(processes?: ProcessPlan[]): Promise<void> {
  if (answered(process.argv.slice(2))) return;
  const { promise: asked, resolve: askToStop } = Promise.withResolvers<void>();
  const early = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      askToStop();
      early.abort(new StoppedEarly());
    });
  }
  // While its processes wait to be started again nothing else would hold this one.
  const hold = setInterval(() => undefined, 60_000);
  try {
    const config = readConfig(process.argv.slice(2));
    const boardroom = await supervise(config, { say, signal: early.signal, ...(processes ? { processes } : {}) });
    const seconds = (performance.now() / 1000).toFixed(1);
    say(`ready at ${boardroom.address} (started in ${seconds} s, home ${config.home})`);
    const environment = environmentOf({ ...config, apiUrl: boardroom.address });
    const demo = config.demo ? fork(fileURLToPath(new URL('../demo/main.ts', import.meta.url)), [], { env: environment }) : undefined;
    demo?.on('error', (error) => say(`the demo could not be started (${error.message})`));
    await asked;
    say('stopping');
    demo?.kill('SIGTERM');
    const since = performance.now();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // One Ctrl-C comes several times: from the terminal to each process of the group, and handed on by npm.
      process.on(signal, () => performance.now() - since > SAME_PRESS_MS && boardroom.kill());
    }
    await boardroom.stop();
    say('stopped');
  } catch (error) {
    if (error instanceof StoppedEarly) return say('stopped');
    // What the person can put right, or was told of already, is a line; the rest is a fault of ours and needs its stack.
    const known = [ConfigProblem, DatabaseProblem, CannotStart].some((kind) => error instanceof kind);
    console.error(known ? `boardroom: ${(error as Error).message}` : error);
    process.exitCode = 1;
  } finally {
    clearInterval(hold);
  }
}
