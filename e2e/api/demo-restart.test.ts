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

/** A number may be left out, so what the plan came to is asked for. */
async function firstChild(): Promise<string | undefined> {
  const { issue } = await ask<{ issue: { children: { nodes: { identifier: string }[] } } | null }>(boardroom.address, '{ issue(ref: "LAMP-1") { children(first: 1) { nodes { identifier } } } }');
  return issue?.children.nodes[0]?.identifier;
}

test('stopped in the middle, and again, the demo goes on where it was', async () => {
  const child = (await askUntil(firstChild, (found) => found !== undefined)) as string;
  for (let stops = 1; stops <= 2; stops += 1) {
    await askUntil(() => issue(child), (found) => Boolean(found?.holder) && found?.runs.nodes.length === stops);
    expect(await boardroom.stop()).toBe(0);
    boardroom = await startBoardroom({ home: boardroom.home, args: ['--demo'], env: stops === 2 ? { BOARDROOM_DEMO_PACE: 'fast' } : {} });
  }
  await askUntil(() => issue('LAMP-1'), (found) => found?.status === 'DONE');
  const runs = ['SUCCEEDED', 'INTERRUPTED', 'INTERRUPTED'].map((status) => ({ status }));
  expect(await issue(child)).toEqual({ status: 'DONE', holder: null, runs: { nodes: runs } });
}, 240_000);
