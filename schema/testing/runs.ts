import type { Database } from '../../prisma/client.ts';
import type { Run } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import type { Principal } from '../access/principal.ts';

let numbers = 1_000_000;

/** A run as the engine would leave it, put there without the engine: tests of the schema need many, in every state. */
export function insertRun(
  db: Database, agent: { id: string; companyId: string }, fields: Partial<Omit<Run, 'context' | 'execution' | 'invocation'>> & { execution?: object; context?: object } = {},
): Promise<Run> {
  numbers += 1;
  const { status = 'RUNNING' } = fields;
  const started = status === 'QUEUED' || status === 'SCHEDULED_RETRY' ? {} : { startedAt: new Date() };
  return db.prisma.run.create({
    data: {
      id: newId(), companyId: agent.companyId, agentId: agent.id, number: numbers, source: 'ON_DEMAND', reason: 'manual', adapterType: 'process',
      ...started, ...fields, status,
    },
  });
}

/** Who asks with the token of this run. */
export function tokenOf(run: Pick<Run, 'id' | 'agentId' | 'companyId' | 'issueId'>): Principal {
  return { kind: 'run', runId: run.id, agentId: run.agentId, companyId: run.companyId, issueId: run.issueId };
}

/** Who asks with a long-lived key of this agent. */
export function keyOf(agent: { id: string; companyId: string }): Principal {
  return { kind: 'agentKey', agentId: agent.id, companyId: agent.companyId, keyId: newId() };
}
