import { randomUUID } from 'node:crypto';
import { type Bus, type Database, openDatabase } from '../../prisma/client.ts';
import { newId } from '../../prisma/id.ts';
import { testDatabase } from '../../prisma/testing.ts';
import { write } from '../../prisma/transaction.ts';
import { LOCAL_BOARD_USER, type Principal } from '../access/principal.ts';
import type { Adapters } from '../agent/adapters.ts';
import { createAgent } from '../agent/commands.ts';
import type { AgentFields } from '../agent/settings.ts';
import { createCompany } from '../company/commands.ts';
import { type CreateIssue, createIssue } from '../issue/commands/create-issue.ts';
import { enqueueWake } from '../wake/enqueue-wake.ts';
import type { WakeReason } from '../wake/reasons.ts';
import { claimRun } from './commands/claim-run.ts';
import type { WorkerIdentity } from './commands/renew-leases.ts';

export const BOARD: Principal = { kind: 'user', userId: LOCAL_BOARD_USER };

/** Takes every configuration as it is: tests of runs are not about adapters. */
const anyAdapter = { checkedConfig: (_type: string, config: unknown) => config, redactedConfig: (_type: string, config: unknown) => config } as unknown as Adapters;

/** A company in a database of its own, and short ways to what runs need. */
export async function testCompany(busOf?: (url: string) => Promise<Bus>) {
  const database = await testDatabase();
  const bus = await busOf?.(database.url);
  const db = openDatabase({ url: database.url, connections: 6, ...(bus ? { bus } : {}) });
  const company = await write(db, (tx) => createCompany(tx, BOARD, { name: 'Acme' }));
  return { ...tools(db, company.id), db, url: database.url, companyId: company.id, close: async () => { await db.close(); await database.drop(); } };
}

export type TestCompany = Awaited<ReturnType<typeof testCompany>>;

function tools(db: Database, companyId: string) {
  return {
    agent: (fields: Partial<AgentFields> = {}) => write(db, (tx) => createAgent(tx, BOARD, anyAdapter, {
      companyId, name: `Agent ${randomUUID()}`, adapterType: 'process', adapterConfig: {}, ...fields,
    } as Parameters<typeof createAgent>[3])),
    issue: (fields: Partial<CreateIssue> = {}) => write(db, (tx) => createIssue(tx, BOARD, { companyId, title: 'Work', ...fields })),
    /** Wakes the agent and gives back the run that answers, if any. */
    wake: (agentId: string, issueId: string | null = null, reason: WakeReason = 'manual') =>
      write(db, (tx) => enqueueWake(tx, BOARD, { agentId, issueId, source: 'ON_DEMAND', reason })),
    queuedRun: async (agentId: string) => (await db.prisma.run.findFirstOrThrow({ where: { agentId, status: 'QUEUED' } })).id,
    claim: (runId: string, worker: WorkerIdentity = testWorker(), execution: Record<string, unknown> = { kind: 'process' }) =>
      write(db, (tx) => claimRun(tx, { runId, workerId: worker.id, hostId: worker.hostId, execution: () => execution })),
    run: (id: string) => db.prisma.run.findUniqueOrThrow({ where: { id } }),
  };
}

export function testWorker(over: Partial<WorkerIdentity> = {}): WorkerIdentity {
  return { id: newId(), hostId: 'host:boot', pid: 1, processStart: '1', ...over };
}
