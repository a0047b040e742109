import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DatabaseProblem } from '../prisma/problem.ts';
import { ConfigProblem, environmentOf, readConfig } from './config.ts';
import { supervise } from './launch/supervisor.ts';

// What `npm start` runs: one process that starts the others and stops them.

const say = (line: string) => console.log(`boardroom: ${line}`);

const { promise: asked, resolve: askToStop } = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => askToStop());

try {
  const config = readConfig(process.argv.slice(2));
  const boardroom = await supervise(config, { say });
  const seconds = (performance.now() / 1000).toFixed(1);
  say(`ready at ${boardroom.address} (started in ${seconds} s, home ${config.home})`);
  const demo = config.demo ? fork(demoFile(), [], { env: environmentOf({ ...config, apiUrl: boardroom.address }) }) : undefined;
  await asked;
  say('stopping');
  demo?.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => boardroom.kill());
  await boardroom.stop();
  say('stopped');
  process.exitCode = 0;
} catch (error) {
  // What the person can put right is told in a line; the rest is a fault of ours and needs its stack.
  const known = error instanceof ConfigProblem || error instanceof DatabaseProblem;
  console.error(known ? `boardroom: ${error.message}` : error);
  process.exitCode = 1;
}

function demoFile(): string {
  return fileURLToPath(new URL('./demo/main.ts', import.meta.url));
}
