import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../support/boardroom.ts';
import { Arm, mainBlows, planStrikes } from './blows.ts';
import { Chance } from './chance.ts';
import { factsAfter, type RunFacts } from './checks/facts.ts';
import { checkLogs } from './checks/logs.ts';
import { checkProcesses, ProcessWatch } from './checks/processes.ts';
import { checkRuns } from './checks/runs.ts';
import { checkStreams } from './checks/streams.ts';
import { checkWrites } from './checks/writes.ts';
import { Client } from './client.ts';
import { type Company, type Profile, shortProfiles } from './company.ts';
import { read } from './database.ts';
import type { Follower } from './followers.ts';
import type { Installation } from './installation.ts';
import type { Problem, Tally } from './tally.ts';

/** Each is passed or failed once a round. */
export const checks = [
  'acknowledged writes exist', 'applied once', 'writes are taken', 'log is the spool', 'each line once and in order', 'watched logs are whole',
  'events once and in order', 'streams go on', 'status is true', 'ended in time', 'one process for a run', 'agents are answered',
  'no issue is held by a dead run', 'agents rest', 'wakes are settled', 'no agent without a run', 'comes back', 'stops cleanly',
] as const;

const WRITES_LIMIT_MS = 60_000;
const RUNS_LIMIT_MS = 90_000;

/** What lasts from round to round. */
export interface Scene {
  installation: Installation;
  company: Company;
  followers: readonly Follower[];
  tally: Tally;
  /** The highest number of a run that was checked. */
  checkedRuns: number;
}

/** Work, blows, recovery, and a look at everything. Returns what was found wrong, and what was done. */
export async function playRound(scene: Scene, seed: number): Promise<{ problems: Problem[]; story: string }> {
  const { installation, company, followers, tally } = scene;
  const chance = new Chance(seed);
  const main = mainBlows[seed % mainBlows.length] ?? 'worker';
  const strikes = planStrikes(main, chance);
  const work: Profile[] = Array.from({ length: chance.between(3, 6) }, () => chance.pick(shortProfiles));
  if (main === 'freeze') work.push('long', 'long');

  const arm = new Arm(installation, chance, tally);
  const client = new Client(installation.address, company, new Chance(seed + 0x5eed), tally);
  const watch = new ProcessWatch(installation.home, tally);
  const unreliable = unreliableNetwork(followers, new Chance(seed + 0x4e7));
  client.start(work);
  for (const { blow, afterMs } of strikes) {
    await sleep(afterMs);
    await arm.strike(blow);
  }
  const problems = await recover(installation, tally);
  const restoredAt = Date.now();
  await sleep(chance.between(200, 800));
  clearInterval(unreliable);
  if (!(await within(client.finish(), WRITES_LIMIT_MS))) problems.push({ check: 'writes are taken', text: 'a write was not acknowledged within a minute' });

  problems.push(...(await runsOver(scene)));
  const runs = await factsAfter(installation, company, scene.checkedRuns);
  scene.checkedRuns = Math.max(scene.checkedRuns, ...runs.map((run) => run.number));
  watch.close();
  problems.push(...client.problems, ...watch.problems.values(), ...arm.remains.map((text) => ({ check: 'stops cleanly', text })));
  problems.push(...(await inspect(scene, client, runs, { restoredAt, stoppedAt: arm.stoppedAt })));
  const story = `${strikes.map(({ blow }) => blow).join(', ')}: ${runs.length} runs, ${client.acknowledged.length} writes`;
  return { problems, story };
}

async function inspect(scene: Scene, client: Client, runs: RunFacts[], circumstances: { restoredAt: number; stoppedAt: number | null }): Promise<Problem[]> {
  const { installation, company, followers, tally } = scene;
  const { problems, logs } = await checkLogs(installation, runs, tally);
  return [
    ...problems,
    ...(await checkRuns(installation, company, runs, circumstances, tally)),
    ...(await checkWrites(installation, client.acknowledged, runs, tally)),
    ...(await checkStreams(installation, company, followers, runs, logs, tally)),
    ...(await checkProcesses(installation.home)),
  ];
}

/** Waits until everything works again; a supervisor that gave up by itself is a problem, and started again. */
async function recover(installation: Installation, tally: Tally): Promise<Problem[]> {
  const from = Date.now();
  let isReady = await installation.ready();
  if (!isReady && !installation.isRunning) {
    installation.start();
    isReady = await installation.ready();
  }
  tally.time('until everything worked again', Date.now() - from);
  const problems = installation.surprises.splice(0).map((text) => ({ check: 'comes back', text }));
  if (!isReady) problems.push({ check: 'comes back', text: 'it did not work again within a minute' });
  return problems;
}

/**
 * Waits until no run is queued or running. What cannot begin soon is called off: tries that are set for later, and runs of an agent
 * that was paused because it fails every time.
 */
async function runsOver({ installation, company }: Scene): Promise<Problem[]> {
  for (const end = Date.now() + RUNS_LIMIT_MS; ; await sleep(150)) {
    const open = await read<{ id: string; number: number; status: string; waits: boolean }>(installation, `
      SELECT r.id, r.number, r.status, r.status = 'SCHEDULED_RETRY' OR (r.status = 'QUEUED' AND a.status = 'PAUSED') AS waits
      FROM run r JOIN agent a ON a.id = r.agent_id WHERE r.company_id = $1 AND r.status IN ('QUEUED', 'SCHEDULED_RETRY', 'RUNNING')`, [company.id]);
    if (open.length === 0) return [];
    for (const { id } of open.filter(({ waits }) => waits)) {
      await ask(installation.address, 'mutation ($id: ID!) { cancelRun(input: { runId: $id }) { id } }', { id }).catch(() => undefined); // it may have begun
    }
    if (Date.now() > end) return open.map(({ number, status }) => ({ check: 'ended in time', text: `run #${number} is still ${status} after ${RUNS_LIMIT_MS} ms` }));
  }
}

/** Watchers lose their connection for reasons of their own, too. */
function unreliableNetwork(followers: readonly Follower[], chance: Chance): NodeJS.Timeout {
  return setInterval(() => {
    for (const follower of followers) if (chance.is(0.25)) follower.hangUp();
  }, 500);
}

async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  return Promise.race([work.then(() => true), sleep(ms, false, { ref: false })]);
}
