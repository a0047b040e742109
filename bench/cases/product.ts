import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../compare.ts';
import { figure, type Measured, median, round, rounded } from '../figures.ts';
import { type Installation, startInstallation } from '../stage/installation.ts';
import { measureBesideRuns } from './beside-runs.ts';
import { measureLogs } from './logs.ts';
import { measureWake } from './wake.ts';

const STARTS = ['start-first', 'start-warm', 'rest'];
const RUNS = ['wake', 'log-bulk', 'log-live', 'beside-runs'];

/** What needs the whole of Boardroom, started as its users start it. */
export async function measureProduct(bench: Bench, wanted: (name: string) => boolean): Promise<void> {
  if (![...STARTS, ...RUNS].some(wanted)) return;
  const parent = await mkdtemp(join(tmpdir(), 'boardroom-bench-home-'));
  await chmod(parent, 0o755);
  try {
    const installation = await startAll(bench, parent, wanted);
    try {
      if (wanted('rest')) await measureRest(bench, installation);
      if (wanted('wake')) await measureWake(bench, installation.address);
      if (wanted('log-bulk') || wanted('log-live')) await measureLogs(bench, installation.address, wanted);
      if (wanted('beside-runs')) await measureBesideRuns(bench, installation.address);
    } finally {
      await installation.stop();
    }
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

/** Starts on new homes, then on one that was there before; the last one stays up. */
async function startAll({ options, add }: Bench, parent: string, wanted: (name: string) => boolean): Promise<Installation> {
  const times = wanted('start-first') || wanted('start-warm') ? Math.min(3, options.rounds) : 0;
  const seconds = { first: [] as number[], warm: [] as number[] };
  for (let i = 0; i < times; i += 1) {
    for (const kind of ['first', 'warm'] as const) {
      const installation = await startInstallation(join(parent, `home-${i}`));
      seconds[kind].push(installation.startSeconds);
      await installation.stop();
    }
  }
  const row = (name: 'first' | 'warm', work: string) =>
    add(figure({ case: `start-${name}`, work, issues: null, clients: null, boardroom: { seconds: round(median(seconds[name])) }, baselines: {} }));
  if (times > 0) {
    row('first', 'npm start to ready, on a new home');
    row('warm', 'npm start to ready, on a home that was used before');
  }
  return startInstallation(join(parent, 'home-0'));
}

/** Memory and processor of a Boardroom that nobody uses. */
async function measureRest({ options, add }: Bench, installation: Installation): Promise<void> {
  // What start-up took is given back after two looks of ten seconds (api/launch/rest.ts).
  await sleep(options.quick ? 3_000 : 35_000);
  const before = installation.usage();
  const watchedMs = options.quick ? 5_000 : 30_000;
  await sleep(watchedMs);
  const after = installation.usage();
  const percent = (part: keyof typeof after) => (100 * (after[part].cpuMs - before[part].cpuMs)) / watchedMs;
  const measured: Measured = {
    memoryMiB: after.api.mib + after.worker.mib, apiMiB: after.api.mib, workerMiB: after.worker.mib, supervisorMiB: after.supervisor.mib, postgresMiB: after.postgres.mib,
    cpuPercent: percent('api') + percent('worker') + percent('supervisor') + percent('postgres'), postgresCpuPercent: percent('postgres'),
  };
  add(figure({ case: 'rest', work: 'at rest: memory of api and worker, processor of everything', issues: null, clients: null, boardroom: rounded(measured), baselines: {} }));
}
