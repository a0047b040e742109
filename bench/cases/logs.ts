import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../compare.ts';
import { figure, type Measured, rounded } from '../figures.ts';
import { percentile } from '../load/tally.ts';
import { hire, makeCompany, printer, wake } from '../stage/workplace.ts';
import { type Heard, LineReader } from '../watch/reader.ts';
import { Watcher } from '../watch/watcher.ts';

const SUBSCRIBERS = [1, 20];
const PAUSE_MS = 20;

/** What agents print, from the process to those who watch: much at once, and line by line. */
export async function measureLogs(bench: Bench, address: string, wanted: (name: string) => boolean): Promise<void> {
  const { options, add } = bench;
  const companyId = await makeCompany(address);
  const watcher = new Watcher();
  const bulk = options.quick ? 50_000 : 200_000;
  const live = options.quick ? 100 : 400;
  try {
    const run = async (lines: number, pauseMs: number, subscribers: number) => {
      const agentId = await hire(address, companyId, process.execPath, [printer, String(lines), String(pauseMs)]);
      const start = process.hrtime.bigint();
      const { runId } = await wake(address, agentId);
      const heard = await watcher.watch({ address, runId, subscribers, keepsTimes: pauseMs > 0 });
      return { heard, start };
    };
    for (const clients of SUBSCRIBERS) {
      if (wanted('log-bulk')) {
        const { heard, start } = await run(bulk, 0, clients);
        const baseline = clients === 1 ? { cat: await throughCat(bulk) } : {};
        add(figure({ case: 'log-bulk', work: `${bulk.toLocaleString('en')} lines of 100 bytes, printed at once, from the wish to the last line`, issues: null, clients, boardroom: bulkMeasured(heard, start, bulk), baselines: baseline }));
      }
      if (wanted('log-live')) {
        const { heard } = await run(live, PAUSE_MS, clients);
        const baseline = clients === 1 ? { cat: await throughPipe(live) } : {};
        add(figure({ case: 'log-live', work: `a line each ${PAUSE_MS} ms, from print to receipt`, issues: null, clients, boardroom: liveMeasured(heard), baselines: baseline }));
      }
    }
  } finally {
    watcher.stop();
  }
}

function bulkMeasured(heard: Heard[], start: bigint, lines: number): Measured {
  for (const each of heard) if (!each.whole || each.lines !== lines) throw new Error(`a subscriber got ${each.lines} lines of ${lines}${each.whole ? '' : ', not in order'}`);
  const last = heard.reduce((latest, each) => (each.lastNs > latest ? each.lastNs : latest), 0n);
  const first = heard.reduce((earliest, each) => (each.firstNs < earliest ? each.firstNs : earliest), last);
  const seconds = Number(last - start) / 1e9;
  return rounded({ seconds, linesPerSecond: lines / (Number(last - first) / 1e9), lines, whole: 1 });
}

function liveMeasured(heard: Heard[]): Measured {
  for (const each of heard) if (!each.whole) throw new Error('a subscriber got lines out of order');
  const all = heard.flatMap((each) => each.latenciesMs).sort((a, b) => a - b);
  return rounded({ p50Ms: percentile(all, 50), p95Ms: percentile(all, 95), p99Ms: percentile(all, 99), maxMs: all.at(-1) ?? 0, whole: 1 });
}

/** The same lines from a file through `cat` and a pipe: what any carrier of them has to beat or bear comparison with. */
async function throughCat(lines: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'boardroom-bench-cat-'));
  try {
    const file = join(folder, 'lines');
    const handle = await open(file, 'w');
    await once(spawn(process.execPath, [printer, String(lines), '0'], { stdio: ['ignore', handle.fd, 'inherit'] }), 'exit');
    await handle.close();
    const reader = new LineReader(false);
    const start = process.hrtime.bigint();
    const child = spawn('cat', [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const text of child.stdout.setEncoding('utf8')) reader.take(text as string);
    return bulkMeasured([reader.heard], start, lines);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same printer on the other end of a pipe, with nothing between. */
async function throughPipe(lines: number): Promise<Measured> {
  const reader = new LineReader(true);
  const child = spawn(process.execPath, [printer, String(lines), String(PAUSE_MS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const text of child.stdout.setEncoding('utf8')) reader.take(text as string);
  return liveMeasured([reader.heard]);
}
