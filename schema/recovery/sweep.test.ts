import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { setClock } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { pauseAgent, terminateAgent, updateAgent } from '../agent/commands.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { addComment } from '../issue/commands/add-comment.ts';
import { setBlockers } from '../issue/commands/set-blockers.ts';
import { updateIssue } from '../issue/commands/update-issue.ts';
import { cancelRun } from '../run/commands/cancel-run.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { BOARD, testCompany, type TestCompany } from '../run/testing.ts';
import { tokenOf } from '../testing/runs.ts';
import { decideWatchdog } from './commands/decide-watchdog.ts';
import { RecoveryClosed, resolveRecovery } from './commands/resolve-recovery.ts';
import { sweep } from './sweep/sweep.ts';

let acme: TestCompany;
let aheadMs = 0;
let restore = () => {};
beforeAll(async () => {
  acme = await testCompany();
  restore = setClock(() => new Date(Date.now() + aheadMs));
});
afterEach(() => { aheadMs = 0; });
afterAll(async () => {
  restore();
  await acme.close();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const look = (graceMs = 0) => sweep(acme.db, { graceMs });
const waiting = (issueId: string) => acme.db.prisma.run.findMany({ where: { issueId, answersOnly: false, status: { in: ['QUEUED', 'SCHEDULED_RETRY'] } } });
const actionOn = (issueId: string) => acme.db.prisma.recoveryAction.findFirst({ where: { issueId, status: { in: ['ACTIVE', 'ESCALATED'] } } });
const lastActionOn = (issueId: string) => acme.db.prisma.recoveryAction.findFirstOrThrow({ where: { issueId }, orderBy: { id: 'desc' } });
const issueOf = (id: string) => acme.db.prisma.issue.findUniqueOrThrow({ where: { id } });
/** As if something had taken the run away without a word: a wake that expired, a row deleted by hand. */
const forget = (issueId: string) => acme.db.prisma.run.deleteMany({ where: { issueId } });
const finish = (runId: string) => write(acme.db, (tx) => finishRun(tx, SYSTEM, { runId, leaseToken: 1, end: { kind: 'lost', code: 'PROCESS_LOST', message: 'gone' } }));

async function stranded(managerId: string | null = null) {
  const agent = await acme.agent({ managerId });
  const issue = await acme.issue({ assigneeId: agent.id });
  await forget(issue.id);
  return { agent, issue };
}

test('work that nothing moves is woken once, then marked blocked, and its agent’s manager is told', async () => {
  const manager = await acme.agent();
  const { issue } = await stranded(manager.id);
  await look(HOUR);
  expect(await waiting(issue.id)).toEqual([]); // it has only just changed
  await Promise.all([look(), look()]); // two workers
  const [again, ...more] = await waiting(issue.id);
  expect(more).toEqual([]);
  expect(again).toMatchObject({ reason: 'issue_assignment_recovery', status: 'QUEUED' });
  await acme.claim(again?.id as string);
  await acme.db.prisma.$executeRaw`UPDATE run SET status = 'FAILED', finished_at = now() WHERE id = ${again?.id}::uuid`; // nobody hears of it
  await look();
  expect(await issueOf(issue.id)).toMatchObject({ status: 'BLOCKED' });
  const action = await actionOn(issue.id);
  expect(action).toMatchObject({ kind: 'STRANDED_ISSUE', cause: 'stranded_todo', ownerType: 'AGENT', ownerId: manager.id, status: 'ACTIVE' });
  expect(await acme.db.prisma.wakeup.findFirst({ where: { agentId: manager.id, reason: 'source_scoped_recovery_action' } })).toMatchObject({ status: 'QUEUED' });
  await look();
  expect(await acme.db.prisma.recoveryAction.count({ where: { issueId: issue.id } })).toBe(1);

  aheadMs = 5 * HOUR; // the manager does nothing
  await look();
  expect(await actionOn(issue.id)).toMatchObject({ status: 'ESCALATED', ownerType: 'BOARD' });

  const resolve = (outcome: 'RESTORED' | 'DELEGATED' | 'OWNER_COMPLETED' | 'BLOCKED') => write(acme.db, (tx) => resolveRecovery(tx, BOARD, { recoveryId: action?.id as string, outcome, note: 'go on' }));
  await expect(resolve('OWNER_COMPLETED')).rejects.toThrow('not done');
  await expect(resolve('BLOCKED')).rejects.toThrow('nothing named blocks');
  expect(await resolve('RESTORED')).toMatchObject({ status: 'RESOLVED', outcome: 'RESTORED', note: 'go on' });
  expect(await resolve('RESTORED')).toMatchObject({ status: 'RESOLVED' });
  expect(await resolve('DELEGATED')).toBeInstanceOf(RecoveryClosed);
  expect(await issueOf(issue.id)).toMatchObject({ status: 'TODO' });
  expect(await waiting(issue.id)).toMatchObject([{ reason: 'issue_recovery_action_restored' }]);
});

test('only the board, the owner and managers resolve', async () => {
  const manager = await acme.agent();
  const { agent, issue } = await stranded(manager.id);
  await acme.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_REVIEW' } });
  await look();
  const action = await actionOn(issue.id);
  expect(action).toMatchObject({ cause: 'in_review_without_action_path', ownerId: manager.id });
  const asAgent = (agentId: string) => write(acme.db, (tx) => resolveRecovery(tx, { kind: 'agentKey', agentId, companyId: acme.companyId, keyId: newId() }, { recoveryId: action?.id as string, outcome: 'FALSE_POSITIVE' }));
  await expect(asAgent(agent.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(asAgent((await acme.agent()).id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await asAgent(manager.id)).toMatchObject({ outcome: 'FALSE_POSITIVE' });
});

test('what was stopped by hand is not begun again by itself', async () => {
  const { agent, issue } = await stranded();
  await acme.wake(agent.id, issue.id);
  const runId = await acme.queuedRun(agent.id);
  await write(acme.db, (tx) => cancelRun(tx, BOARD, { runId }));
  await look();
  expect(await waiting(issue.id)).toEqual([]);
  expect(await actionOn(issue.id)).toMatchObject({ cause: 'stopped_by_hand', ownerType: 'BOARD' });
});

test.each<[string, string, (issueId: string, blockerId: string) => Promise<unknown>]>([
  ['nobody’s work', 'blocked_by_unassigned_issue', () => Promise.resolve()],
  ['cancelled work', 'blocked_by_cancelled_issue', (_issueId, issueId) => write(acme.db, (tx) => updateIssue(tx, BOARD, { issueId, status: 'CANCELLED' }))],
  ['parked work', 'blocked_by_assigned_backlog_issue', async (_issueId, id) => {
    await acme.db.prisma.issue.update({ where: { id }, data: { assigneeId: (await acme.agent()).id } });
  }],
])('waiting for %s is somebody’s to mend, and folds once it is', async (_name, cause, spoil) => {
  const { issue } = await stranded();
  const blocker = await acme.issue();
  await write(acme.db, (tx) => setBlockers(tx, BOARD, { issueId: issue.id, blockedByIds: [blocker.id] }));
  await spoil(issue.id, blocker.id);
  await look();
  expect(await actionOn(issue.id)).toMatchObject({ kind: 'GRAPH_LIVENESS', cause });
  await write(acme.db, (tx) => setBlockers(tx, BOARD, { issueId: issue.id, blockedByIds: [] }));
  await look();
  expect(await lastActionOn(issue.id)).toMatchObject({ status: 'RESOLVED', outcome: 'RESTORED' });
});

test('an agent that is gone leaves its work to somebody; one that is paused leaves it to the board that paused it', async () => {
  const gone = await stranded();
  await write(acme.db, (tx) => terminateAgent(tx, BOARD, { agentId: gone.agent.id }));
  const paused = await stranded();
  await write(acme.db, (tx) => pauseAgent(tx, BOARD, { agentId: paused.agent.id }));
  await look();
  expect(await actionOn(gone.issue.id)).toMatchObject({ cause: 'uninvokable_assignee' });
  expect(await actionOn(paused.issue.id)).toBeNull();
  await write(acme.db, (tx) => updateIssue(tx, BOARD, { issueId: gone.issue.id, assigneeUserId: BOARD.kind === 'user' ? BOARD.userId : '' }));
  await look();
  expect(await lastActionOn(gone.issue.id)).toMatchObject({ status: 'RESOLVED', outcome: 'DELEGATED' });
});

test('words fold nothing, deeds do', async () => {
  const { agent, issue } = await stranded();
  await acme.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'BLOCKED' } });
  await look();
  await write(acme.db, (tx) => addComment(tx, { kind: 'agentKey', agentId: agent.id, companyId: acme.companyId, keyId: newId() }, { issueId: issue.id, body: 'I am on it' }));
  await look();
  expect((await actionOn(issue.id))?.cause).toBe('blocked_without_blocker');
  await write(acme.db, (tx) => updateIssue(tx, BOARD, { issueId: issue.id, status: 'CANCELLED' }));
  await look();
  expect(await lastActionOn(issue.id)).toMatchObject({ status: 'CANCELLED', outcome: 'CANCELLED' });
});

test('an agent that was put right is woken again', async () => {
  const { agent, issue } = await stranded();
  await acme.db.prisma.recoveryAction.create({
    data: { id: newId(), companyId: acme.companyId, issueId: issue.id, kind: 'CONFIGURATION_VALIDATION', cause: 'configuration_incomplete', fingerprint: 'x', nextAction: 'x', ownerType: 'BOARD' },
  });
  await look();
  expect(await waiting(issue.id)).toEqual([]);
  await write(acme.db, (tx) => updateAgent(tx, BOARD, { redactedConfig: () => ({}) } as never, { agentId: agent.id, title: 'Better' }));
  await look();
  expect(await waiting(issue.id)).toHaveLength(1);
});

test('a silent run is asked about after an hour, goes to the board after four, and is left alone while somebody says so', async () => {
  const manager = await acme.agent();
  const agent = await acme.agent({ managerId: manager.id });
  const issue = await acme.issue({ assigneeId: agent.id });
  const runId = await acme.queuedRun(agent.id);
  await acme.claim(runId);
  await acme.db.prisma.runLog.create({ data: { runId, seq: 1, stream: 'STDOUT', offset: 0n, byteSize: 9, text: 'token=abcdef123456 and then nothing' } });
  const decide = (verdict: 'SNOOZE' | 'CONTINUE' | 'DISMISSED_FALSE_POSITIVE', by = BOARD) => write(acme.db, (tx) => decideWatchdog(tx, by, { runId, verdict }));
  aheadMs = 59 * MINUTE;
  await look();
  expect(await actionOn(issue.id)).toBeNull();
  aheadMs = 61 * MINUTE;
  await look();
  await look();
  const asked = await actionOn(issue.id);
  expect(asked).toMatchObject({ kind: 'SILENT_RUN', cause: 'suspicious_silence', ownerType: 'AGENT', ownerId: manager.id, attempts: 0 });
  expect(JSON.stringify(asked?.evidence)).toContain('and then nothing');
  expect(JSON.stringify(asked?.evidence)).not.toContain('abcdef123456');

  await expect(decide('CONTINUE', tokenOf(await acme.run(runId)))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await decide('CONTINUE', { kind: 'agentKey', agentId: manager.id, companyId: acme.companyId, keyId: newId() });
  expect(await actionOn(issue.id)).toBeNull();
  aheadMs += 29 * MINUTE;
  await look();
  expect(await actionOn(issue.id)).toBeNull();
  aheadMs += 2 * MINUTE;
  await look();
  expect(await actionOn(issue.id)).toMatchObject({ cause: 'suspicious_silence' });
  aheadMs = 4 * HOUR + MINUTE;
  await look();
  expect(await actionOn(issue.id)).toMatchObject({ cause: 'critical_silence', status: 'ESCALATED', ownerType: 'BOARD' });
  await acme.db.prisma.runLog.create({ data: { runId, seq: 2, stream: 'STDOUT', offset: 9n, byteSize: 3, text: 'ah!' } });
  await acme.db.prisma.$executeRaw`UPDATE run_log SET at = now() + interval '4 hours' WHERE run_id = ${runId}::uuid AND seq = 2`;
  await look();
  expect(await lastActionOn(issue.id)).toMatchObject({ status: 'RESOLVED', outcome: 'FALSE_POSITIVE' });
  await decide('DISMISSED_FALSE_POSITIVE');
  aheadMs = 48 * HOUR;
  await look();
  expect((await acme.db.prisma.recoveryAction.findMany({ where: { issueId: issue.id, kind: 'SILENT_RUN', status: { in: ['ACTIVE', 'ESCALATED'] } } }))).toEqual([]);
  await finish(runId);
  await expect(decide('SNOOZE')).rejects.toMatchObject({ code: 'RULE_VIOLATION' });
});

test('a run that is silent for four hours is pressing, and the board may block its issue for it, once', async () => {
  const manager = await acme.agent();
  const agent = await acme.agent({ managerId: manager.id });
  const issue = await acme.issue({ assigneeId: agent.id });
  const runId = await acme.queuedRun(agent.id);
  await acme.claim(runId);
  await write(acme.db, async (tx) => checkoutIssue(tx, tokenOf({ ...(await tx.run.findUniqueOrThrow({ where: { id: runId } })), issueId: issue.id }), { issueId: issue.id }));
  const resolve = async (by = BOARD) => write(acme.db, async (tx) => resolveRecovery(tx, by, { recoveryId: (await actionOn(issue.id))?.id as string, outcome: 'BLOCKED' }));
  aheadMs = 61 * MINUTE;
  await look();
  await expect(resolve()).rejects.toThrow('nothing named blocks');
  aheadMs = 4 * HOUR + MINUTE;
  await look();
  const action = await actionOn(issue.id);
  expect(action).toMatchObject({ cause: 'critical_silence', status: 'ESCALATED', ownerType: 'BOARD', timeoutAt: null });
  const told = await acme.db.prisma.activity.findMany({ where: { entityId: action?.id as string, action: { startsWith: 'recovery.' } }, orderBy: { id: 'asc' } });
  expect(told).toMatchObject([{ action: 'recovery.opened', details: { priority: 'MEDIUM' } }, { action: 'recovery.escalated', details: { priority: 'HIGH' } }]);
  await expect(resolve({ kind: 'agentKey', agentId: manager.id, companyId: acme.companyId, keyId: newId() })).rejects.toThrow('nothing named blocks');
  expect(await resolve()).toMatchObject({ status: 'RESOLVED', outcome: 'BLOCKED' });
  expect(await issueOf(issue.id)).toMatchObject({ status: 'BLOCKED', holderRunId: null, assigneeId: agent.id });
  await look();
  expect(await actionOn(issue.id)).toBeNull();
});

test('work that is run often and shows nothing is reviewed, once a day, and not for ever', async () => {
  const { agent, issue } = await stranded();
  const runs = (count: number) => acme.db.prisma.run.createMany({
    data: Array.from({ length: count }, (_, i) => {
      const at = new Date(Date.now() + aheadMs - i * 1_000 - 1_000);
      return {
        id: newId(), companyId: acme.companyId, agentId: agent.id, issueId: issue.id, number: 500_000 + Math.floor(aheadMs / 1_000) + i, source: 'AUTOMATION' as const, adapterType: 'process',
        status: 'SUCCEEDED' as const, progress: 'EMPTY' as const, createdAt: at, startedAt: at, finishedAt: at,
      };
    }),
  });
  await acme.wake(agent.id, issue.id); // it moves, so that it is not stranded
  await runs(10);
  await look();
  const first = await actionOn(issue.id);
  expect(first).toMatchObject({ kind: 'PRODUCTIVITY_REVIEW', cause: 'no_comment_streak', attempts: 0, evidence: { runsWithoutComment: 10 } });
  for (let hour = 1; hour <= 5; hour += 1) {
    aheadMs = hour * HOUR + MINUTE;
    await runs(1);
    await look();
  }
  expect(await actionOn(issue.id)).toMatchObject({ id: first?.id, attempts: 3 });
  for (let day = 1; day <= 4; day += 1) {
    const open = await actionOn(issue.id);
    if (open) await write(acme.db, (tx) => resolveRecovery(tx, BOARD, { recoveryId: open.id, outcome: 'FALSE_POSITIVE' }));
    await look();
    expect((await acme.db.prisma.recoveryAction.findMany({ where: { issueId: issue.id, kind: 'PRODUCTIVITY_REVIEW', status: 'ACTIVE' } }))).toEqual([]); // not on the same day
    aheadMs += 25 * HOUR;
    await runs(1);
    await look();
  }
  expect(await acme.db.prisma.recoveryAction.count({ where: { issueId: issue.id, kind: 'PRODUCTIVITY_REVIEW' } })).toBe(3);
});
