import type { ChildProcess } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProcess } from '../../adapters/targets/local/process-table.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { setBreakers } from '../../schema/breaker/commands/set-breakers.ts';
import { BOARD } from '../../schema/run/testing.ts';
import { Office, untilLetGo } from './testing.ts';

// Real processes under a real worker: a program that prints what Claude Code prints, each message with a thousand tokens.

let office: Office;
let worker: ChildProcess;
let program = '';
beforeEach(async () => {
  office = await Office.open();
  worker = await office.startWorker();
  program = join(office.home, 'agent.sh');
});
afterEach(() => office.close());

const EACH = 1_000n;
const line = (id: string) => `{"type":"assistant","message":{"id":"${id}","content":[{"type":"text","text":"word ${id}"}],"usage":{"input_tokens":600,"cache_read_input_tokens":300,"output_tokens":100}}}`;

/** An agent that sends so many messages, one after the other, and then is done, or waits to be let go. */
async function talker(messages: number, pauseSec = 0.2, waits = false): Promise<string> {
  const init = '{"type":"system","subtype":"init","session_id":"s1","model":"claude-opus-4-8","apiKeySource":"ANTHROPIC_API_KEY"}';
  await writeFile(program, `#!/bin/sh\ncat > /dev/null\necho '${init}'\ni=1\nwhile [ $i -le ${messages} ]; do echo '${line('m')}' | sed "s/m/m$i/2;s/word m/word m$i/"; i=$((i+1)); sleep ${pauseSec}; done\n${waits ? `${untilLetGo}\n` : ''}`);
  await chmod(program, 0o755);
  const agent = await office.acme.agent({ adapterType: 'claude', adapterConfig: { command: program, graceSec: 2 } });
  return agent.id;
}

const budget = (amount: bigint) => office.acme.db.prisma.budget.create({
  data: { id: newId(), companyId: office.acme.companyId, scope: 'COMPANY', scopeId: office.acme.companyId, metric: 'TOKENS', window: 'MONTH', amount, setterType: 'SYSTEM' },
});
const tokensOf = (run: { inputTokens: bigint | null; cachedInputTokens: bigint | null; outputTokens: bigint | null }) => (run.inputTokens ?? 0n) + (run.cachedInputTokens ?? 0n) + (run.outputTokens ?? 0n);
const eventsOf = (runId: string) => office.acme.db.prisma.costEvent.findMany({ where: { runId } });

test('what a run uses shows while it runs, and is recorded once when it ends', async () => {
  const runId = await office.wake(await talker(12, 0.2, true));
  await expect.poll(async () => tokensOf(await office.acme.run(runId)), { timeout: 60_000 }).toBeGreaterThan(0n);
  const live = await office.acme.run(runId);
  expect(live).toMatchObject({ status: 'RUNNING', model: 'claude-opus-4-8', provider: 'anthropic', billingType: 'METERED_API' });
  expect(live.usageAt).not.toBeNull();
  await office.letGo(runId);
  const run = await office.ended(runId);
  expect(tokensOf(run)).toBe(12n * EACH);
  const events = await eventsOf(runId);
  expect(events).toHaveLength(1);
  expect(tokensOf(events[0] as never)).toBe(12n * EACH);
});

test('a budget stops a run while it runs, by the report that passes it', async () => {
  const limit = 20n * EACH;
  const { id } = await budget(limit);
  // It does not end by itself. A report comes once a second, or when a busy machine gets to it: it sends few beyond the limit.
  const agentId = await talker(30, 0.25, true);
  const runId = await office.wake(agentId);
  const run = await office.ended(runId);
  expect(run).toMatchObject({ status: 'CANCELLED', errorCode: 'CANCELLED' });
  expect(run.errorMessage).toContain('budget');
  const incident = await office.acme.db.prisma.budgetIncident.findFirstOrThrow({ where: { budgetId: id, threshold: 'HARD' } });
  expect(incident.observed).toBeGreaterThanOrEqual(limit);
  expect(tokensOf(run)).toBeGreaterThanOrEqual(incident.observed);
  // What it used until it was gone is recorded, once.
  expect((await eventsOf(runId)).map((event) => tokensOf(event as never))).toEqual([tokensOf(run)]);
  expect((await office.acme.wake(agentId)).skipReason).toBe('budget_stopped');
});

test('a breaker stops a run that uses more tokens than one run may', async () => {
  const agentId = await talker(400);
  await write(office.acme.db, (tx) => setBreakers(tx, BOARD, { agentId, tokensPerRun: 5n * EACH }));
  const run = await office.ended(await office.wake(agentId));
  expect(run.status).toBe('CANCELLED');
  expect(run.errorMessage).toMatch(/^circuit breaker: a run used \d+ tokens, and 5000 are allowed$/);
  const trip = await office.acme.db.prisma.breakerTrip.findFirstOrThrow({ where: { agentId } });
  expect(trip).toMatchObject({ kind: 'TOKENS_PER_RUN', limit: 5n * EACH, runId: run.id, resetAt: null });
  expect(trip.observed).toBeGreaterThan(5n * EACH);
  expect(await office.acme.db.prisma.agent.findUniqueOrThrow({ where: { id: agentId } })).toMatchObject({ status: 'PAUSED', pauseReason: 'BREAKER' });
});

test('a worker killed in between: what the run used counts once, under whichever worker', async () => {
  const messages = 40;
  // Whatever is counted twice passes it.
  const { id } = await budget(BigInt(messages) * EACH + 1n);
  const runId = await office.wake(await talker(messages, 0.2, true));
  for (const mark of ['word m8', 'word m20']) {
    await office.printed(runId, mark);
    await office.kill(worker);
    worker = await office.startWorker();
  }
  await office.letGo(runId);
  const run = await office.ended(runId);
  expect(run.leaseToken).toBe(3);
  expect(tokensOf(run)).toBe(BigInt(messages) * EACH);
  expect((await eventsOf(runId)).map((event) => tokensOf(event as never))).toEqual([BigInt(messages) * EACH]);
  expect(await office.acme.db.prisma.budgetIncident.findMany({ where: { budgetId: id, threshold: 'HARD' } })).toEqual([]);
});

test('a worker killed after the agent was gone: what was told while it ran is not told again', async () => {
  const agentId = await talker(6, 0.3);
  const runId = await office.wake(agentId);
  await expect.poll(async () => tokensOf(await office.acme.run(runId)), { timeout: 60_000 }).toBeGreaterThan(0n);
  await office.kill(worker);
  const { pid } = await office.acme.run(runId);
  await expect.poll(() => findProcess(pid as number)).toBeNull();
  worker = await office.startWorker();
  const run = await office.ended(runId);
  expect(tokensOf(run)).toBe(6n * EACH);
  expect((await eventsOf(runId)).map((event) => tokensOf(event as never))).toEqual([6n * EACH]);
});
