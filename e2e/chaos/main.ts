import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { census } from './census.ts';
import { foundCompany } from './company.ts';
import { read } from './database.ts';
import { Follower } from './followers.ts';
import { Installation } from './installation.ts';
import { type Options, readOptions } from './options.ts';
import { checks, playRound, type Scene } from './round.ts';
import { byEvents, bySocket } from './streams.ts';
import { Tally } from './tally.ts';

// `npm run chaos`: a whole Boardroom at work, parts of which are killed at random moments, again and again. After each round
// everything that was acknowledged, printed, shown and started is compared with what is there.

const say = (line: string) => console.log(line);
const MOST_SHOWN = 6;

async function play({ rounds, seed, seconds }: Options, scene: Scene): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  for (let round = 0; round < rounds && performance.now() < end; round += 1) {
    const from = performance.now();
    const { problems, story } = await playRound(scene, seed + round);
    scene.tally.book(seed + round, checks, problems);
    scene.tally.count('rounds');
    say(`round ${round + 1} (seed ${seed + round}) ${story}, ${((performance.now() - from) / 1_000).toFixed(1)} s${problems.length === 0 ? '' : ': FAILED'}`);
    for (const { check, text } of problems.slice(0, MOST_SHOWN)) say(`  ${check}: ${text}`);
    if (problems.length > MOST_SHOWN) say(`  and ${problems.length - MOST_SHOWN} more`);
  }
}

/** What the engine itself noted: how often runs were taken over, and from whom. */
async function countEvents({ installation, tally }: Scene): Promise<void> {
  const rows = await read<{ kind: string; amount: number }>(installation, 'SELECT kind, count(*)::int AS amount FROM run_event GROUP BY kind ORDER BY kind');
  for (const { kind, amount } of rows) tally.count(`run events: ${kind}`, amount);
}

/** The end of it all: a clean stop, after which nothing is left. */
async function stopCleanly({ installation, tally }: Scene, seed: number): Promise<void> {
  const code = await installation.stop();
  const left = census(installation.home).map(({ kind, pid, command }) => `${kind} ${pid} was left (${command.slice(0, 80)})`);
  const texts = [...(code === 0 ? [] : [`it ended with ${code}`]), ...left];
  tally.book(seed, ['leaves nothing behind'], texts.map((text) => ({ check: 'leaves nothing behind', text })));
  for (const text of texts) say(`  leaves nothing behind: ${text}`);
}

async function run(options: Options): Promise<boolean> {
  const tally = new Tally();
  const installation = await Installation.make();
  const followers: Follower[] = [];
  // Whoever breaks it off is rid of it: nothing of it stays behind.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => void installation.destroy().finally(() => process.exit(1)));
  say(`chaos: ${options.rounds} rounds from seed ${options.seed} in ${installation.home}`);
  try {
    installation.start();
    if (!(await installation.ready())) throw new Error(`it did not start: ${installation.surprises.join('; ')}`);
    const company = await foundCompany(installation);
    followers.push(new Follower('WebSocket', bySocket(installation.address), tally), new Follower('server-sent events', byEvents(installation.address), tally));
    for (const follower of followers) follower.start(company);
    const scene: Scene = { installation, company, followers, tally, checkedRuns: 0 };
    await play(options, scene);
    await countEvents(scene);
    await stopCleanly(scene, options.seed);
  } finally {
    for (const follower of followers) follower.close();
    await installation.destroy();
  }
  const isGood = tally.failed === 0 && tally.passed > 0;
  say(`\ncounted:\n${tally.summary()}`);
  if (isGood && !options.keepHome) await rm(installation.home, { recursive: true, force: true });
  else say(`\nkept: ${installation.home} (the log of all processes is in ${join(installation.home, 'chaos.log')})`);
  for (const seed of new Set(tally.problems.map((problem) => problem.seed))) say(`repeat: npm run chaos -- --rounds 1 --seed ${seed}`);
  say(`\n${tally.passed} passed, ${tally.failed} failed`);
  return isGood;
}

try {
  process.exit((await run(readOptions(process.argv.slice(2)))) ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
