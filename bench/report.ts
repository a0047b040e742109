import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Figure } from './figures.ts';
import type { MachineFacts } from './machine.ts';
import type { Options } from './options.ts';

/** One line of the table that is printed while the bench runs. */
export function line(row: Figure): string {
  const where = [row.issues === null ? '' : `${row.issues.toLocaleString('en')} issues`, row.clients === null ? '' : `${row.clients} at once`].filter(Boolean).join(', ');
  const measured = Object.entries(row.boardroom).filter(([name]) => shown.has(name)).map(([name, value]) => `${name} ${value}`).join('  ');
  const ratios = Object.entries(row.ratios).map(([name, ratio]) => `${ratio}x ${name}`).join(', ');
  const aim = row.target ? `${row.target.met ? 'met' : 'MISSED'}: ${row.target.measure} ${row.target.atLeast === undefined ? `at most ${row.target.atMost}` : `at least ${row.target.atLeast}`}` : '';
  return [row.case.padEnd(17), where.padEnd(28), measured.padEnd(60), ratios.padEnd(28), row.peer === undefined ? '' : `peer ${row.peer}`, aim].join(' ').trimEnd();
}

const shown = new Set([
  'perSecond', 'p50Ms', 'p95Ms', 'failed', 'linesPerSecond', 'seconds', 'memoryMiB', 'cpuPercent', 'timesQuiet', 'timesTheCost', 'oneWinnerEach', 'races',
  'startedP50Ms', 'startedP95Ms', 'acknowledgedP50Ms', 'finalP50Ms', 'quietP50Ms', 'besideP50Ms', 'apiMiB', 'workerMiB', 'postgresMiB', 'whole', 'apiCpuMs', 'postgresCpuMs',
]);

/** Saves a run's results: who measured is not in them, what it was measured on is. */
export async function save(file: string, machine: MachineFacts, options: Options, figures: Figure[]): Promise<void> {
  const { out: _, ...how } = options;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, how, figures }, null, 1)}\n`);
}
