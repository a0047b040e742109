import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { boardroomCommand, commandData } from '../support/command.ts';

// Costs and prices from the command, with the worker that folds and prices by the clock.

let live: RunningBoardroom;

beforeAll(async () => {
  live = await startBoardroom();
  const { createCompany } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }');
  const input = { companyId: createCompany.id, name: 'Clerk', adapterType: 'process', adapterConfig: { command: 'true' } };
  await ask(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input });
});

afterAll(async () => {
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
});

const boardroom = (...args: string[]) => boardroomCommand(live.address, args);
const data = <T>(...args: string[]) => commandData<T>(live.address, args);
interface Costs { total: { costMicros: string; imputedMicros: string; unimputedCount: number }; parts: { nodes: { model: string; cost: { costMicros: string } }[] } }

test('what was spent is shown as a whole and in parts', async () => {
  await data('issue', 'create', 'Work', '--assignee', 'Clerk');
  await data('cost', 'report', '--agent', 'Clerk', '--provider', 'anthropic', '--model', 'claude-sonnet-4-5', '--usd', '0.5', '--input-tokens', '1000000', '--issue', 'ACME-1');
  await data('cost', 'report', '--agent', 'Clerk', '--provider', 'demo', '--model', 'script', '--output-tokens', '1000');
  const { stdout } = await boardroom('cost');
  expect(stdout).toMatch(/ever +\$0\.50 \+ 1 unknown +\$3\.00 \+ 1 unknown +1001000 +2/);
  expect(stdout).toMatch(/by agent\nClerk +\$0\.50/);
  expect((await boardroom('cost', '--by', 'unpriced-model')).stdout).toMatch(/unpriced\ndemo script/);
  expect(await data<Costs>('cost', '--issue', 'ACME-1', '--by', 'model', '--since', '1h')).toMatchObject({ total: { costMicros: '500000' }, parts: { nodes: [{ model: 'claude-sonnet-4-5', cost: { costMicros: '500000' } }] } });
  expect(await data<Costs>('cost', '--agent', 'Clerk', '--until', '2026-01-01')).toMatchObject({ total: { costMicros: '0' } });
  for (const wrong of [['--agent', 'Clerk', '--issue', 'ACME-1'], ['--since', 'yesterday'], ['--by', 'mood'], ['extra']]) expect((await boardroom('cost', ...wrong)).code).toBe(2);
});

test('a price that is set prices what came before; the job folds, and the check sees who meddles', async () => {
  expect((await boardroom('price', 'list')).stdout).toMatch(/demo +script +unpriced, used once/);
  expect((await boardroom('price', 'list', '--shipped')).stdout).toMatch(/anthropic +claude-sonnet-4-5 .*\$3\.00 +\$0\.30 +\$15\.00 +shipped/);
  expect((await boardroom('price', 'set', 'demo', 'script', '--input', '1', '--output', '2.5', '--from', '1d')).stdout).toMatch(/^demo script: \$1\.00 in, \$1\.00 cached, \$2\.50 out, since /);
  for (const wrong of [['demo'], ['demo', 'script'], ['demo', 'script', '--input', 'x', '--output', '1']]) expect((await boardroom('price', 'set', ...wrong)).code).toBe(2);
  interface Check { unfoldedCount: number; foldedCount: number; wrongCount: number; repaired: boolean }
  // By the clock, within the minute.
  await expect.poll(() => data<Check>('cost', 'check'), { timeout: 100_000, interval: 1_000 }).toMatchObject({ unfoldedCount: 0, foldedCount: 2, wrongCount: 0 });
  // It may have folded before there was the price: then the price has its turn in the minute after.
  await expect.poll(() => data<Costs>('cost'), { timeout: 100_000, interval: 1_000 }).toMatchObject({ total: { imputedMicros: '3002500', unimputedCount: 0 } });
  expect((await boardroom('cost', 'check')).stdout).toMatch(/^all right \d+ sums of 2 events; 0 wait/);
}, 260_000);
