import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askUntil, type RunningBoardroom, startBoardroom } from '../support/boardroom.ts';
import { boardroomCommand, commandData } from '../support/command.ts';

// The owner's limits as the `boardroom` command shows and sets them, with an agent that keeps failing.

let live: RunningBoardroom;
beforeAll(async () => {
  live = await startBoardroom();
  const { createCompany: { id } } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }');
  const input = { companyId: id, name: 'Failing', adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', 'exit 7'] } };
  await ask(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input });
});
afterAll(async () => {
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
});

const boardroom = (...args: string[]) => boardroomCommand(live.address, args);
const data = <T>(...args: string[]) => commandData<T>(live.address, args);

test('limits are shown and set, of the company and of an agent', async () => {
  expect((await boardroom('breaker', 'limits')).stdout).toMatch(/^failures in a row +6 +as Boardroom ships it$/m);
  expect(await data('breaker', 'set', '--per-hour', '30', '--idle-runs', 'off')).toMatchObject({ own: { runsPerHour: 30, runsWithoutProgress: 0 }, effective: { consecutiveFailures: 6 } });
  expect(await data('breaker', 'set', 'Failing', '--failures', '2', '--tokens', '1000000')).toMatchObject({
    own: { consecutiveFailures: 2, tokensPerRun: '1000000', runsPerHour: null }, effective: { consecutiveFailures: 2, runsPerHour: 30, runsWithoutProgress: 0 },
  });
  const ofOne = (await boardroom('breaker', 'limits', 'Failing')).stdout;
  expect(ofOne).toMatch(/^tokens of a run +1000000 +set here$/m);
  expect(ofOne).toMatch(/^runs an hour +30 +as the company has it$/m);
  expect((await data<{ own: object }>('breaker', 'set', 'Failing', '--tokens', 'inherit')).own).toMatchObject({ tokensPerRun: null });
});

test('what cannot be is refused with words', async () => {
  expect(await boardroom('breaker', 'set', 'Failing')).toMatchObject({ code: 2, stderr: expect.stringContaining('say which limit') });
  expect(await boardroom('breaker', 'set', '--velocity', 'fast')).toMatchObject({ code: 2, stderr: expect.stringContaining('--velocity takes a number') });
  expect(await boardroom('breaker', 'set', '--velocity', '50')).toMatchObject({ code: 1, stderr: expect.stringContaining('velocityPercent') });
  expect(await boardroom('breaker', 'reset')).toMatchObject({ code: 2 });
});

test('an agent that keeps failing is paused, shown with what was seen, and works again after a reset', async () => {
  expect((await boardroom('breaker', 'list')).stdout).toBe('nothing has tripped\n');
  const over = (runs: { nodes: { status: string }[] }, count: number) => runs.nodes.length === count && runs.nodes.every(({ status }) => status === 'FAILED');
  for (const count of [1, 2]) {
    expect((await boardroom('agent', 'wake', 'Failing')).code).toBe(0);
    await askUntil(() => ask<{ company: { runs: { nodes: { status: string }[] } } }>(live.address, '{ company(ref: "ACME") { runs { nodes { status } } } }'), ({ company }) => over(company.runs, count));
  }
  expect(await data('breaker', 'list')).toMatchObject([{ kind: 'CONSECUTIVE_FAILURES', limit: '2', observed: '2', agent: { name: 'Failing' }, resetAt: null }]);
  expect((await boardroom('breaker', 'list')).stdout).toMatch(/Failing +CONSECUTIVE_FAILURES +paused +2 runs in a row failed \(run #2\)/);
  expect((await boardroom('agent', 'list')).stdout).toContain('PAUSED');
  expect(await boardroom('breaker', 'reset', 'Failing', '--note', 'mended')).toMatchObject({ code: 0, stdout: 'Failing is IDLE\n' });
  expect((await boardroom('breaker', 'list')).stdout).toBe('nothing has tripped\n');
  expect(await data('breaker', 'list', '--all')).toMatchObject([{ resetNote: 'mended' }]);
});

test('heartbeats that were skipped are counted', async () => {
  expect((await boardroom('idling')).stdout).toBe('no heartbeat has fallen due\n');
  expect(await data('idling', '--since', '1h')).toMatchObject({ dueCount: 0, skippedCount: 0, tokensSaved: '0', agents: [] });
  expect((await boardroom('idling', '--since', 'long')).code).toBe(2);
});
