import { setTimeout as sleep } from 'node:timers/promises';
import { read } from '../database.ts';
import type { Company } from '../company.ts';
import type { Follower } from '../followers.ts';
import type { Installation } from '../installation.ts';
import type { Problem, Tally } from '../tally.ts';
import type { RunFacts } from './facts.ts';
import type { StoredLog } from './logs.ts';

/** Longer than the slowest look of a reader who was told nothing. */
const ARRIVE_WITHIN_MS = 13_000;

/** Each watcher got exactly what is stored: every event and every piece of log, once and in order. */
export async function checkStreams(
  installation: Installation, company: Company, followers: readonly Follower[], runs: readonly RunFacts[], logs: Map<string, StoredLog>, tally: Tally,
): Promise<Problem[]> {
  const stored = (await read<{ cursor: string }>(
    installation, `SELECT txid || '.' || seq AS cursor FROM activity WHERE company_id = $1 ORDER BY txid, seq`, [company.id],
  )).map(({ cursor }) => cursor);
  const hasAll = (follower: Follower) =>
    follower.cursors.length >= stored.length && runs.every((run) => (follower.logs.get(run.id)?.ended ?? null) !== null);
  const from = Date.now();
  while (Date.now() < from + ARRIVE_WITHIN_MS && !followers.every(hasAll)) await sleep(50);
  tally.time('until a watcher had everything', Date.now() - from);

  return followers.flatMap((follower) => {
    const problems = follower.problems.splice(0);
    const missing = difference(stored, follower.cursors);
    if (missing) problems.push({ check: 'events once and in order', text: `${follower.way}: ${missing}` });
    for (const run of runs) {
      const wrong = differenceOfLog(follower, run, logs.get(run.id));
      if (wrong) problems.push({ check: 'watched logs are whole', text: `run #${run.number} ${run.id} by ${follower.way}: ${wrong}` });
      follower.logs.delete(run.id);
      tally.count('watched logs compared');
    }
    return problems;
  });
}

function difference(stored: readonly string[], seen: readonly string[]): string | null {
  if (stored.length === seen.length && stored.every((cursor, index) => cursor === seen[index])) return null;
  const at = stored.findIndex((cursor, index) => cursor !== seen[index]);
  return `${seen.length} events for ${stored.length} stored; the first that differs is ${at}: ${seen[at]} for ${stored[at]} (${new Set(seen).size} different ones)`;
}

function differenceOfLog(follower: Follower, run: RunFacts, stored: StoredLog | undefined): string | null {
  const seen = follower.logs.get(run.id);
  if (!seen || !stored) return 'it was never announced';
  if (seen.ended !== run.status) return `its end came as ${seen.ended} and is ${run.status}`;
  if (seen.cursors.some((cursor, index) => cursor !== index + 1)) return `its cursors were ${seen.cursors.join(' ').slice(0, 200)}`;
  if (seen.cursors.length !== stored.chunks) return `${seen.cursors.length} of ${stored.chunks} chunks came`;
  return (['STDOUT', 'STDERR', 'SYSTEM'] as const).some((stream) => seen.text[stream] !== stored.text[stream]) ? 'its text differs' : null;
}
