import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askUntil, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';

let boardroom: RunningBoardroom;

beforeAll(async () => {
  boardroom = await startBoardroom({ args: ['--demo'] });
});
afterAll(async () => {
  await boardroom?.stop();
  if (boardroom) await rm(boardroom.home, { recursive: true, force: true });
});

interface Issue { status: string; holder: { id: string } | null; runs: { nodes: { status: string }[] } }

async function issue(ref: string): Promise<Issue | null> {
  const query = 'query($ref: String!) { issue(ref: $ref) { status holder { id } runs(first: 10) { nodes { status } } } }';
  return (await ask<{ issue: Issue | null }>(boardroom.address, query, { ref })).issue;
}

test('stopped in the middle, the demo goes on where it was', async () => {
  await askUntil(() => issue('LAMP-2'), (found) => Boolean(found?.holder));
  expect(await boardroom.stop()).toBe(0);
  boardroom = await startBoardroom({ home: boardroom.home, args: ['--demo'], env: { BOARDROOM_DEMO_PACE: 'fast' } });
  await askUntil(() => issue('LAMP-1'), (found) => found?.status === 'DONE');
  expect(await issue('LAMP-2')).toEqual({ status: 'DONE', holder: null, runs: { nodes: [{ status: 'SUCCEEDED' }, { status: 'INTERRUPTED' }] } });
}, 120_000);
