import type { Tx } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { dropRun } from '../../run/commands/drop-run.ts';
import { clip } from '../../shared/text.ts';
import { openAction, openActionOn } from '../actions.ts';

const MESSAGE_MAX = 2_000;

export interface RefuseDispatch {
  runId: string;
  /** What is missing or wrong, field by field, without any value. */
  problems: string;
}

/**
 * A queued run whose agent is not configured so that it could run is not started: it costs nothing, the agent shows why, and
 * its issue is the board's to look at. Once the agent is changed the sweep wakes it again.
 */
export async function refuseDispatch(tx: Tx, { runId, problems }: RefuseDispatch): Promise<void> {
  const run = await tx.run.findUnique({ where: { id: runId }, include: { agent: true, issue: true } });
  if (!run || (run.status !== 'QUEUED' && run.status !== 'SCHEDULED_RETRY')) return;
  const message = clip(`The agent’s configuration is incomplete: ${problems}`, MESSAGE_MAX);
  await dropRun(tx, SYSTEM, run, 'CONFIGURATION_INCOMPLETE', message);
  await tx.run.update({ where: { id: run.id }, data: { errorRemedy: 'Complete the agent’s adapter configuration.' } });
  if (run.agent.status === 'IDLE' || run.agent.status === 'ERROR') {
    await tx.agent.update({ where: { id: run.agentId }, data: { status: 'ERROR', errorMessage: message } });
    await recordActivity(tx, SYSTEM, { companyId: run.companyId, action: 'agent.misconfigured', entityType: 'agent', entityId: run.agentId, details: { runId: run.id } });
  }
  const { issue } = run;
  if (!issue || issue.assigneeId !== run.agentId || issue.status === 'DONE' || issue.status === 'CANCELLED' || (await openActionOn(tx, issue.id))) return;
  await openAction(tx, { issue, cause: 'configuration_incomplete', runId: run.id, evidence: { runNumber: run.number, problems } });
}
