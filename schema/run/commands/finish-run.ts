import { now as clock } from '../../../prisma/clock.ts';
import type { AgentStatus, BillingType, Prisma, Run } from '../../../prisma/generated/client.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import { newId } from '../../../prisma/id.ts';
import { type Principal, SYSTEM } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { moveAgent } from '../../agent/rules.ts';
import { reportCost } from '../../cost/commands.ts';
import { notify } from '../../notification/notify.ts';
import { clip } from '../../shared/text.ts';
import { queueRun } from '../../wake/enqueue-wake.ts';
import { promoteDeferred } from '../../wake/promote.ts';
import { wakeAgain } from '../../wake/wake-again.ts';
import { followEnd } from '../../recovery/follow-up.ts';
import { leaveFinalizeDue } from '../../workspace/commands/leave-finalize-due.ts';
import { errorAfter, isAgentsFailure, mayFollow, type RunEnd, statusAfter, taskKeyOf } from '../rules.ts';
import { recordRunEvents, type RunEventEntry } from './record-event.ts';

export interface FinishRun {
  runId: string;
  /** The worker's proof that the run is still its own; null where the end is not a worker's word (a callback, a host that is lost). */
  leaseToken: number | null;
  end: RunEnd;
  exit?: { code: number | null; signal: string | null } | undefined;
  report?: RunReport | undefined;
  /** The session could not be resumed: forget it and queue one more run, which starts fresh. */
  retryFresh?: boolean | undefined;
  events?: readonly RunEventEntry[] | undefined;
  /** What it used cannot be stored: it ends without a cost event. */
  withoutCost?: boolean | undefined;
  /** Its finalize cannot be written down, so none is left for a worker either: its gate stays shut until the board asks again. */
  withoutFinalize?: boolean | undefined;
}

/** What the adapter found out. Absent session: what is stored stays; null: it is forgotten. */
export interface RunReport {
  summary?: string | undefined;
  usage?: { inputTokens: bigint; cachedInputTokens: bigint; outputTokens: bigint } | undefined;
  costMicros?: bigint | undefined;
  /** What it is worth at list prices, by the program's own reckoning. */
  worthMicros?: bigint | undefined;
  provider?: string | undefined;
  biller?: string | undefined;
  billingType?: BillingType | undefined;
  model?: string | undefined;
  session?: { params: Readonly<Record<string, unknown>>; displayId: string | null } | null | undefined;
}

export type Finish =
  | { kind: 'finished'; run: Run }
  /** It is over already, or another worker has it: nothing was changed. */
  | { kind: 'notRunning'; run: Run | null };

const SUMMARY_MAX = 4_000;
const MESSAGE_MAX = 2_000;

/**
 * Ends a running run, whatever ended it: status, exit, usage and cost, session, the agent's status, the wakes it answered and
 * those that waited for it. Issues that it held are free the moment its status changes: the database sees to that by itself.
 * A second end changes nothing.
 */
export async function finishRun(tx: Tx, by: Principal, input: FinishRun): Promise<Finish> {
  const before = await tx.run.findUnique({ where: { id: input.runId }, include: { holds: { select: { id: true } } } });
  const status = statusAfter(input.end);
  if (!before || !mayFollow(before.status, status) || (input.leaseToken !== null && before.leaseToken !== input.leaseToken)) {
    return { kind: 'notRunning', run: before };
  }
  const { exit } = input;
  const report = completed(input.report ?? {}, before);
  const error = errorAfter(input.end);
  const now = clock();
  let run = await tx.run.update({
    where: { id: before.id },
    data: {
      status, finishedAt: now, leaseExpiresAt: null, pid: null,
      exitCode: exit?.code ?? null, signal: exit?.signal ?? null,
      errorCode: error?.code ?? null, errorMessage: error && clip(storable(error.message), MESSAGE_MAX), errorRemedy: error?.remedy ?? null,
      summary: report.summary ? clip(storable(report.summary), SUMMARY_MAX) : before.summary,
      inputTokens: report.usage?.inputTokens ?? null, cachedInputTokens: report.usage?.cachedInputTokens ?? null, outputTokens: report.usage?.outputTokens ?? null,
      costMicros: report.costMicros ?? null, imputedMicros: null, costReported: report.costMicros !== undefined, provider: report.provider ?? null, model: report.model ?? null,
      biller: report.biller ?? null, billingType: report.billingType ?? null,
      sessionAfter: report.session?.displayId ?? null,
    },
  });
  if (!input.withoutCost) run = await recordReportedCost(tx, run, report);
  await keepSession(tx, run, report.session);
  await settleAgent(tx, run, error?.message ?? null);
  await tx.wakeup.updateMany({
    where: { runId: run.id, status: { in: ['QUEUED', 'CLAIMED', 'COALESCED'] } },
    data: { status: status === 'SUCCEEDED' ? 'COMPLETED' : status === 'CANCELLED' ? 'CANCELLED' : 'FAILED', finishedAt: now },
  });
  await recordRunEvents(tx, run.id, [
    ...(input.events ?? []),
    { kind: 'finished', message: error?.message ?? 'The run succeeded.', data: { status, exitCode: exit?.code, signal: exit?.signal, errorCode: error?.code } },
  ]);
  await recordActivity(tx, by, {
    companyId: run.companyId, action: 'run.finished', entityType: 'run', entityId: run.id, agentId: run.agentId, issueId: run.issueId,
    details: { number: run.number, status, ...(error ? { errorCode: error.code } : {}) },
  });
  for (const { id } of before.holds) await recordUnlock(tx, run, id);
  if (input.retryFresh && run.sessionBefore) await queueFreshRetry(tx, run);
  if (!input.withoutFinalize) await leaveFinalizeDue(tx, run);
  if (status === 'INTERRUPTED' && !run.cancelRequestedAt) await wakeAgain(tx, run);
  if (run.issueId) await promoteDeferred(tx, run.issueId);
  // Last, when all that moves the issue by itself is there: what is left is for recovery.
  await followEnd(tx, { run, ...reasonsOf(input.end) });
  // Also where it tripped a breaker: who hears of failed runs need not hear of breakers.
  if (isAgentsFailure(status)) await tellOfFailure(tx, run);
  touch(tx, 'queue'); // its place under the agent's cap is free
  touch(tx, `run:${run.id}`);
  return { kind: 'finished', run };
}

function reasonsOf(end: RunEnd) {
  if (end.kind !== 'failed') return {};
  const at = end.retryNotBefore ? new Date(end.retryNotBefore) : undefined;
  return { family: end.family, retryNotBefore: at && !Number.isNaN(at.getTime()) ? at : undefined };
}

async function recordReportedCost(tx: Tx, run: Run, report: RunReport): Promise<Run> {
  if (report.usage === undefined && report.costMicros === undefined) return run;
  const event = await reportCost(tx, SYSTEM, {
    agentId: run.agentId, issueId: run.issueId ?? run.workedIssueId, runId: run.id, provider: report.provider ?? run.adapterType, biller: report.biller,
    model: report.model ?? 'unknown', billingType: report.billingType, ...report.usage, costMicros: report.costMicros, worthMicros: report.worthMicros,
  });
  const { biller, billingType } = event;
  // Amounts are said once, by the event: a price that is set later changes it there.
  return tx.run.update({ where: { id: run.id }, data: { costMicros: null, imputedMicros: null, costReported: false, biller, billingType } });
}

/** What the worker told while it ran stands in for what the end does not tell: its own report may be lost, or in part. */
function completed(report: RunReport, before: Run): RunReport {
  if (before.usageAt === null) return report;
  const { costMicros, costReported, provider, biller, billingType, model } = before;
  const usage = { inputTokens: before.inputTokens ?? 0n, cachedInputTokens: before.cachedInputTokens ?? 0n, outputTokens: before.outputTokens ?? 0n };
  // What was taken from the price list meanwhile is taken from it again.
  const reported = costReported && costMicros !== null ? costMicros : undefined;
  return {
    ...report, costMicros: report.costMicros ?? reported, usage: report.usage ?? usage, provider: report.provider ?? provider ?? undefined, biller: report.biller ?? biller ?? undefined,
    billingType: report.billingType ?? billingType ?? undefined, model: report.model ?? model ?? undefined,
  };
}

/** A failure that nothing follows by itself is told to whoever wants to know. */
async function tellOfFailure(tx: Tx, run: Run): Promise<void> {
  const goesOn = await tx.run.count({ where: { status: { in: ['QUEUED', 'SCHEDULED_RETRY'] }, ...(run.issueId ? { agentId: run.agentId, issueId: run.issueId } : { agentId: run.agentId, retryOfId: run.id }) } });
  if (goesOn > 0) return;
  const agent = await tx.agent.findUniqueOrThrow({ where: { id: run.agentId }, select: { name: true } });
  await notify(tx, {
    companyId: run.companyId, event: 'RUN_FAILED', subject: run.id,
    payload: {
      title: `Run #${run.number} of ${agent.name} failed`, agent: agent.name, agentId: run.agentId, runId: run.id, runNumber: run.number, issueId: run.issueId,
      status: run.status, errorCode: run.errorCode, errorMessage: run.errorMessage, remedy: run.errorRemedy,
    },
  });
}

async function keepSession(tx: Tx, run: Run, session: RunReport['session']): Promise<void> {
  // A conversation with another model is nothing that the work could go on with.
  if (session === undefined || run.modelLane === 'CHEAP') return;
  const key = { agentId: run.agentId, adapterType: run.adapterType, taskKey: taskKeyOf(run.issueId) };
  if (session === null) {
    await tx.agentSession.deleteMany({ where: key });
    return;
  }
  const data = { params: session.params as Prisma.InputJsonObject, displayId: session.displayId, lastRunId: run.id };
  await tx.agentSession.upsert({
    where: { agentId_adapterType_taskKey: key }, update: data, create: { id: newId(), companyId: run.companyId, ...key, ...data },
  });
}

/** The agent is idle, or shows its failure, once nothing of it runs any more. Paused and terminated agents stay so. */
async function settleAgent(tx: Tx, run: Run, message: string | null): Promise<void> {
  const agent = await tx.agent.findUniqueOrThrow({ where: { id: run.agentId }, select: { status: true } });
  const stillRunning = await tx.run.count({ where: { agentId: run.agentId, status: 'RUNNING' } });
  const failed = isAgentsFailure(run.status);
  const to: AgentStatus | null = stillRunning > 0 ? null : moveAgent(agent.status, failed ? 'fail' : 'finish');
  await tx.agent.update({
    where: { id: run.agentId },
    data: { lastRunAt: run.finishedAt, ...(to ? { status: to, errorMessage: failed && message ? clip(storable(message), MESSAGE_MAX) : null } : {}) },
  });
}

async function recordUnlock(tx: Tx, run: Run, issueId: string): Promise<void> {
  await recordActivity(tx, SYSTEM, {
    companyId: run.companyId, action: 'issue.unlocked', entityType: 'issue', entityId: issueId, agentId: run.agentId,
    details: { runId: run.id, status: run.status },
  });
}

/** Once, and not where a newer wake is queued already: that one starts fresh as well. */
async function queueFreshRetry(tx: Tx, run: Run): Promise<void> {
  const waiting = await tx.run.findFirst({ where: { agentId: run.agentId, issueId: run.issueId, status: 'QUEUED' }, select: { id: true } });
  if (waiting) return;
  const id = await queueRun(tx, { id: run.agentId, companyId: run.companyId, adapterType: run.adapterType },
    { issueId: run.issueId, source: run.source, reason: run.reason ?? 'session_lost_retry' }, run.context as Prisma.InputJsonObject);
  await tx.run.update({ where: { id }, data: { retryOfId: run.id } });
}

/** Words of a program may hold what Postgres cannot store. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}
