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

/** A person need not wait until the demo answers for the board. */
async function acceptPlan(): Promise<void> {
  const pending = '{ issue(ref: "LAMP-1") { interactions(first: 1, filter: { statuses: [PENDING] }) { nodes { id } } } }';
  const read = async () => (await ask<{ issue: { interactions: { nodes: { id: string }[] } } | null }>(boardroom.address, pending)).issue?.interactions.nodes[0]?.id;
  const interactionId = await askUntil(read, (found) => found !== undefined);
  const accept = 'mutation($input: AcceptInteractionInput!) { acceptInteraction(input: $input) { __typename } }';
  await askUntil(
    () => ask<{ acceptInteraction: { __typename: string } }>(boardroom.address, accept, { input: { interactionId } }),
    ({ acceptInteraction }) => acceptInteraction.__typename === 'Interaction',
  );
}

test('stopped in the middle, and again, the demo goes on where it was', async () => {
  await acceptPlan();
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
