import { now } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import { setGrant } from '../../schema/access/commands/set-grant.ts';
import { pauseAgent, resumeAgent, terminateAgent, updateAgent } from '../../schema/agent/commands.ts';
import { putDocument } from '../../schema/document/commands.ts';
import { holdSubtree } from '../../schema/hold/commands/hold-subtree.ts';
import { releaseSubtree } from '../../schema/hold/commands/release-subtree.ts';
import { acceptInteraction } from '../../schema/interaction/commands/accept-interaction.ts';
import { createInteraction } from '../../schema/interaction/commands/create-interaction.ts';
import { rejectInteraction } from '../../schema/interaction/commands/reject-interaction.ts';
import { addComment } from '../../schema/issue/commands/add-comment.ts';
import { checkoutIssue } from '../../schema/issue/commands/checkout-issue.ts';
import { createIssue } from '../../schema/issue/commands/create-issue.ts';
import { releaseIssue } from '../../schema/issue/commands/release-issue.ts';
import { setBlockers } from '../../schema/issue/commands/set-blockers.ts';
import { updateIssue } from '../../schema/issue/commands/update-issue.ts';
import { decomposePlan } from '../../schema/plan/commands/decompose-plan.ts';
import { cancelRun } from '../../schema/run/commands/cancel-run.ts';
import { claimableRuns, claimRun } from '../../schema/run/commands/claim-run.ts';
import { dropExpired } from '../../schema/run/commands/drop-expired.ts';
import { finishRun } from '../../schema/run/commands/finish-run.ts';
import type { RunEnd } from '../../schema/run/rules.ts';
import { enqueueWake } from '../../schema/wake/enqueue-wake.ts';
import { sweepWakes } from '../../schema/wake/backstop.ts';
import { fireMonitors } from '../../schema/monitor/fire-monitor.ts';
import { setMonitor } from '../../schema/monitor/set-monitor.ts';
import { decidePolicyStage } from '../../schema/policy/commands/decide-policy-stage.ts';
import { setIssuePolicy } from '../../schema/policy/commands/set-issue-policy.ts';
import { LOCAL_BOARD_USER, SYSTEM } from '../../schema/access/principal.ts';
import { decideWatchdog } from '../../schema/recovery/commands/decide-watchdog.ts';
import { resolveRecovery } from '../../schema/recovery/commands/resolve-recovery.ts';
import { sweep } from '../../schema/recovery/sweep/sweep.ts';
import { anyAdapter, BOARD, type World } from './world.ts';

type Event = (world: World) => Promise<unknown>;

const WORKER = { workerId: newId(), hostId: 'model:boot' };
const HOUR = 3_600_000;
/** More would only make each of them happen less often to the same issue. */
const OPEN_MAX = 14;

async function create(world: World): Promise<unknown> {
  const { db, chance, companyId } = world;
  const open = await db.prisma.issue.count({ where: { companyId, status: { notIn: ['DONE', 'CANCELLED'] } } });
  if (open >= OPEN_MAX) return move(world);
  const parent = chance.is(0.3) ? await world.issue() : undefined;
  const assignee = chance.is(0.85) ? await world.agent() : undefined;
  return world.attempt((tx) => createIssue(tx, BOARD, { companyId, title: 'Work', parentId: parent?.id, assigneeId: assignee?.id, status: chance.is(0.1) ? 'BACKLOG' : undefined }));
}

async function assign(world: World): Promise<unknown> {
  const issue = await world.issue();
  const agent = world.chance.is(0.85) ? await world.agent() : null;
  return issue && world.attempt((tx) => updateIssue(tx, BOARD, { issueId: issue.id, assigneeId: agent?.id ?? null }));
}

/** An agent gives work away, takes some or hands it back, as far as it may: the board lets some give what they like, or lets them no longer. */
async function handOver(world: World): Promise<unknown> {
  const [by, to, issue] = [await world.agent(), await world.agent(), await world.issue()];
  if (!by || !issue) return;
  const [isRuled, granted, assigneeId] = [world.chance.is(0.2), world.chance.is(0.5), world.chance.is(0.85) ? (to?.id ?? null) : null];
  if (isRuled) await world.attempt((tx) => setGrant(tx, BOARD, { agentId: by.id, permission: 'TASKS_ASSIGN', granted }));
  const principal = { kind: 'agentKey', agentId: by.id, companyId: world.companyId, keyId: newId() } as const;
  return world.attempt((tx) => updateIssue(tx, principal, { issueId: issue.id, assigneeId }));
}

async function move(world: World): Promise<unknown> {
  const issue = await world.issue();
  const status = world.chance.of(['TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED', 'DONE', 'DONE', 'DONE', 'CANCELLED'] as const);
  return issue && world.attempt((tx) => updateIssue(tx, BOARD, { issueId: issue.id, status }));
}

async function comment(world: World): Promise<unknown> {
  const issue = await world.issue(['TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED', 'DONE']);
  const agent = world.chance.is(0.2) ? await world.agent() : undefined;
  const body = agent ? `[@${agent.name}](agent://${agent.id}) look` : 'A word';
  return issue && world.attempt((tx) => addComment(tx, BOARD, { issueId: issue.id, body, interrupt: world.chance.is(0.1) }));
}

async function block(world: World): Promise<unknown> {
  const issue = await world.issue();
  const others = await world.db.prisma.issue.findMany({ where: { companyId: world.companyId }, orderBy: { id: 'desc' }, take: 20 });
  const blockedByIds = world.chance.is(0.4) ? [] : world.chance.some(others, 2).map((other) => other.id);
  return issue && world.attempt((tx) => setBlockers(tx, BOARD, { issueId: issue.id, blockedByIds }));
}

async function wake(world: World): Promise<unknown> {
  const issue = await world.issue();
  const agentId = issue?.assigneeId;
  return agentId && world.attempt((tx) => enqueueWake(tx, BOARD, { agentId, issueId: issue.id, source: 'ON_DEMAND', reason: 'manual' }));
}

async function claim(world: World): Promise<unknown> {
  const [run] = await claimableRuns(world.db, 1);
  return run && world.do((tx) => claimRun(tx, { runId: run.id, ...WORKER, execution: () => ({ kind: 'process' }) }));
}

/** Two workers take the same run at once. */
async function rivals(world: World): Promise<unknown> {
  const [run] = await claimableRuns(world.db, 1);
  return run && Promise.all([0, 1].map(() => world.do((tx) => claimRun(tx, { runId: run.id, ...WORKER, execution: () => ({ kind: 'process' }) }))));
}

async function work(world: World): Promise<unknown> {
  const live = await world.atWork();
  const issueId = live?.run.issueId;
  if (!live || !issueId) return;
  const { by } = live;
  const { chance, companyId } = world;
  const act = chance.weighted<() => Promise<unknown>>([
    [5, () => world.attempt((tx) => checkoutIssue(tx, by, { issueId }))],
    [3, () => world.attempt((tx) => addComment(tx, by, { issueId, body: 'Going on' }))],
    [2, () => world.attempt((tx) => updateIssue(tx, by, { issueId, status: chance.of(['DONE', 'IN_REVIEW', 'BLOCKED'] as const) }))],
    [1, () => world.attempt((tx) => releaseIssue(tx, by, { issueId }))],
    [1, () => world.attempt((tx) => createIssue(tx, by, { companyId, title: 'Part', parentId: issueId, assigneeId: live.run.agentId }))],
    [2, () => plan(world, by, issueId)],
    [1, () => world.attempt((tx) => setMonitor(tx, by, { issueId, nextCheckAt: new Date(now().getTime() + chance.between(1, 90) * 60_000), maxAttempts: 3, policy: chance.of(['WAKE_OWNER', 'ESCALATE_TO_BOARD'] as const) }))],
  ]);
  return act();
}

/** Writes the next revision of the plan and asks the board for it. */
async function plan(world: World, by: Parameters<typeof putDocument>[1], issueId: string): Promise<unknown> {
  const before = await world.db.prisma.document.findFirst({ where: { issueId, key: 'plan' } });
  const document = await world.attempt((tx) => putDocument(tx, by, { issueId, key: 'plan', body: `# Plan ${newId()}`, baseRevisionId: before?.latestRevisionId ?? null }));
  if (!document || !('latestRevisionId' in document)) return undefined;
  return world.attempt((tx) => createInteraction(tx, by, { issueId, kind: 'CONFIRMATION', title: 'Shall I?', targetRevisionId: document.latestRevisionId } as Parameters<typeof createInteraction>[2]));
}

async function answer(world: World): Promise<unknown> {
  const asked = world.chance.of(await world.db.prisma.interaction.findMany({ where: { companyId: world.companyId, status: 'PENDING' }, orderBy: { id: 'asc' } }));
  if (!asked) return;
  return world.chance.is(0.7)
    ? world.attempt((tx) => acceptInteraction(tx, BOARD, { interactionId: asked.id }))
    : world.attempt((tx) => rejectInteraction(tx, BOARD, { interactionId: asked.id, note: 'No' } as Parameters<typeof rejectInteraction>[2]));
}

/** Several at once ask for the children of one accepted plan; one of them may give up in between. */
async function decompose(world: World): Promise<unknown> {
  const accepted = world.chance.of(await world.db.prisma.interaction.findMany({ where: { companyId: world.companyId, kind: 'CONFIRMATION', status: 'ACCEPTED' }, orderBy: { id: 'desc' }, take: 5 }));
  if (!accepted?.targetRevisionId) return;
  const open = await world.db.prisma.issue.count({ where: { companyId: world.companyId, status: { notIn: ['DONE', 'CANCELLED'] } } });
  if (open > OPEN_MAX) return;
  const input = { issueId: accepted.issueId, revisionId: accepted.targetRevisionId, children: [{ key: 'a', title: 'A' }, { key: 'b', title: 'B', afterKeys: ['a'] }] };
  const stops = world.chance.is(0.3);
  const once = async (dies: boolean) => {
    let steps = 0;
    const step = <T>(command: (tx: never, by: never) => Promise<T>): Promise<T> => {
      steps += 1;
      if (dies && steps > 2) throw new Died();
      return world.do((tx) => command(tx as never, BOARD as never));
    };
    await decomposePlan(step as never, input).catch((error: unknown) => {
      if (!(error instanceof Died) && (error as Error).name !== 'Refusal') throw error;
    });
  };
  await Promise.all([once(stops), once(false)]);
}

class Died extends Error {}

const codes = ['EXIT_CODE', 'CLAUDE_TRANSIENT_UPSTREAM', 'PROVIDER_QUOTA', 'MAX_TURNS_EXHAUSTED', 'CLAUDE_REFUSAL', 'COMMAND_NOT_FOUND', 'CLAUDE_AUTH_REQUIRED'] as const;

async function end(world: World): Promise<unknown> {
  const live = await world.atWork();
  if (!live) return claim(world);
  const { run } = live;
  const { chance } = world;
  const how = run.cancelRequestedAt ? { kind: 'cancelled', reason: run.cancelReason ?? '' } as const : chance.weighted<RunEnd>([
    [12, { kind: 'succeeded' }],
    [4, { kind: 'failed', code: chance.is(0.05) ? 'CLAUDE_AUTH_REQUIRED' : chance.of(codes.slice(0, 6)) ?? 'EXIT_CODE', message: 'it failed' }],
    [1, { kind: 'timedOut', message: 'too long' }],
    [1, { kind: 'interrupted', message: 'stopped' }],
    [2, { kind: 'lost', code: 'PROCESS_LOST', message: 'gone' }],
  ]);
  return world.do((tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: run.leaseToken, end: how }));
}

/** A run's row is changed by hand: no command of ours hears of it. */
async function kill(world: World): Promise<unknown> {
  const live = await world.atWork();
  return live && world.db.prisma.$executeRaw`UPDATE run SET status = 'FAILED', finished_at = ${new Date()}::timestamptz, error_code = 'KILLED' WHERE id = ${live.run.id}::uuid`;
}

async function cancel(world: World): Promise<unknown> {
  const run = world.chance.of(await world.db.prisma.run.findMany({ where: { companyId: world.companyId, status: { in: ['RUNNING', 'QUEUED', 'SCHEDULED_RETRY'] } }, orderBy: { id: 'asc' } }));
  return run && world.attempt((tx) => cancelRun(tx, BOARD, { runId: run.id }));
}

async function pause(world: World): Promise<unknown> {
  const agent = await world.agent();
  return agent && world.attempt((tx) => pauseAgent(tx, BOARD, { agentId: agent.id, cancelRuns: world.chance.is(0.5) }));
}

async function resume(world: World): Promise<unknown> {
  const agent = world.chance.of(await world.db.prisma.agent.findMany({ where: { companyId: world.companyId, status: { in: ['PAUSED', 'ERROR'] } }, orderBy: { id: 'asc' } }));
  return agent && world.attempt((tx) => resumeAgent(tx, BOARD, { agentId: agent.id }));
}

/** Somebody new comes for each who goes, so that there are always five, and takes over those who reported there, if not always. */
async function replace(world: World): Promise<unknown> {
  const agent = await world.agent();
  if (!agent) return;
  await world.attempt((tx) => terminateAgent(tx, BOARD, { agentId: agent.id }));
  const manager = agent.managerId && (await world.db.prisma.agent.findUnique({ where: { id: agent.managerId } }));
  const next = await world.hire(manager && manager.status !== 'TERMINATED' ? manager.id : null, agent.role === 'CEO' ? 'CEO' : 'GENERAL');
  return world.chance.is(0.6) && reorganize(world, next.id);
}

/** Whoever reports to somebody who is gone gets a manager again. */
async function reorganize(world: World, managerId: string | null = null): Promise<unknown> {
  const left = await world.db.prisma.agent.findMany({ where: { companyId: world.companyId, status: { not: 'TERMINATED' }, manager: { status: 'TERMINATED' } } });
  for (const { id } of left) await world.attempt((tx) => updateAgent(tx, BOARD, anyAdapter, { agentId: id, managerId }));
  return left;
}

async function hold(world: World): Promise<unknown> {
  const issue = await world.issue();
  return issue && world.attempt((tx) => holdSubtree(tx, BOARD, { issueId: issue.id, mode: world.chance.is(0.8) ? 'PAUSE' : 'CANCEL', release: world.chance.is(0.2) ? 'AFTER_ACTIVE_RUNS_FINISH' : 'MANUAL' }));
}

async function release(world: World): Promise<unknown> {
  const held = world.chance.of(await world.db.prisma.subtreeHold.findMany({ where: { companyId: world.companyId, releasedAt: null }, orderBy: { id: 'asc' } }));
  return held && world.attempt((tx) => releaseSubtree(tx, BOARD, { holdId: held.id }));
}

/** Somebody has to look at the work before it is done. */
async function review(world: World): Promise<unknown> {
  const issue = await world.issue();
  const agent = await world.agent();
  const participant = agent && world.chance.is(0.7) ? { agentId: agent.id } : { userId: LOCAL_BOARD_USER };
  return issue && world.attempt((tx) => setIssuePolicy(tx, BOARD, { issueId: issue.id, stages: [{ type: 'REVIEW', participants: [participant] }] } as Parameters<typeof setIssuePolicy>[2]));
}

async function judge(world: World): Promise<unknown> {
  const policy = world.chance.of(await world.db.prisma.issuePolicy.findMany({ where: { companyId: world.companyId, stageId: { not: null } }, orderBy: { issueId: 'asc' } }));
  if (!policy?.participantId) return;
  const by = policy.participantType === 'AGENT' ? { kind: 'agentKey', agentId: policy.participantId, companyId: world.companyId, keyId: newId() } as const : BOARD;
  return world.attempt((tx) => decidePolicyStage(tx, by, { issueId: policy.issueId, outcome: world.chance.is(0.6) ? 'APPROVED' : 'CHANGES_REQUESTED', comment: 'Looked' }));
}

async function resolve(world: World): Promise<unknown> {
  const action = world.chance.of(await world.db.prisma.recoveryAction.findMany({ where: { companyId: world.companyId, status: { in: ['ACTIVE', 'ESCALATED'] } }, orderBy: { id: 'asc' } }));
  const outcome = world.chance.of(['RESTORED', 'RESTORED', 'HANDED_BACK', 'FALSE_POSITIVE', 'DELEGATED', 'ESCALATED', 'CANCELLED', 'BLOCKED', 'OWNER_COMPLETED'] as const) ?? 'RESTORED';
  return action && world.attempt((tx) => resolveRecovery(tx, BOARD, { recoveryId: action.id, outcome }));
}

async function decide(world: World): Promise<unknown> {
  const live = await world.atWork();
  return live && world.attempt((tx) => decideWatchdog(tx, BOARD, { runId: live.run.id, verdict: world.chance.of(['SNOOZE', 'CONTINUE', 'DISMISSED_FALSE_POSITIVE'] as const) ?? 'CONTINUE' }));
}

const time: Event = async (world) => world.pass(world.chance.weighted([[10, 1_000], [10, 60_000], [6, 10 * 60_000], [3, 2 * HOUR], [1, 25 * HOUR]]));

export const look: Event = async (world) => {
  await dropExpired(world.db);
  await fireMonitors(world.db);
  await sweepWakes(world.db);
  await sweep(world.db, { graceMs: 0 });
};

/** What can happen, and how often. */
export const EVENTS = {
  create: [6, create], assign: [4, assign], handOver: [3, handOver], move: [4, move], comment: [5, comment], block: [4, block], wake: [3, wake], claim: [14, claim], rivals: [2, rivals], work: [16, work],
  end: [14, end], kill: [1, kill], cancel: [2, cancel], pause: [2, pause], resume: [4, resume], replace: [0.5, replace], reorganize: [1, (world) => reorganize(world)], hold: [1.5, hold], release: [3, release],
  review: [2, review], judge: [3, judge], answer: [4, answer], decompose: [3, decompose], resolve: [4, resolve], decide: [1, decide], time: [10, time], look: [5, look],
} as const satisfies Record<string, readonly [number, Event]>;

export type EventName = keyof typeof EVENTS;
