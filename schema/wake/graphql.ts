import type { Wakeup } from '../../prisma/generated/client.ts';
import { Actor, actorFrom } from '../access/graphql.ts';
import { agentFor } from '../agent/commands.ts';
import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { agentOf } from '../access/principal.ts';
import { reportsTo } from '../agent/org.ts';
import { mustHaveStrategy } from '../approval/ceo-gate.ts';
import { stopOfWakeup } from '../budget/reads.ts';
import { BudgetStopRef } from '../budget/ref.ts';
import { stopOver } from '../budget/stops.ts';
import { builder } from '../builder.ts';
import { issueFor } from '../issue/commands/access.ts';
import { issueById } from '../issue/reads.ts';
import { IssueRef } from '../issue/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { connectionOf } from '../shared/connection.ts';
import { WakeSourceEnum, WakeStatusEnum } from '../shared/enums.ts';
import { once } from '../shared/idempotency.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Conflict, Node } from '../shared/node.ts';
import { Refusal } from '../shared/refusal.ts';
import { LIMITS, optionalText } from '../shared/text.ts';
import { enqueueWake } from './enqueue-wake.ts';
import { WakeupRef } from './ref.ts';
import { reasonSentence } from './reasons.ts';
import { skipSentence } from './rules.ts';

export const WakeupConnection = connectionOf(WakeupRef, 'Wakeup');

export const WakeupFilterInput = builder.inputType('WakeupFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    issueId: t.id({ description: 'For this issue.' }),
    statuses: t.field({ type: [WakeStatusEnum], description: 'With one of these outcomes.' }),
  }),
});

WakeupRef.implement({
  description: 'A request to run an agent, and what became of it.',
  interfaces: [Node],
  fields: (t) => ({
    agent: t.field({ type: AgentRef, description: 'Who is to wake.', resolve: async (wakeup, _args, ctx) => (await ctx.loading.load(agentById, wakeup.agentId)) as never }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'For what.', resolve: (wakeup, _args, ctx) => (wakeup.issueId ? ctx.loading.load(issueById, wakeup.issueId) : null) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run that it led to or merged into.', resolve: (wakeup, _args, ctx) => (wakeup.runId ? ctx.loading.load(runById, wakeup.runId) : null) }),
    source: t.expose('source', { type: WakeSourceEnum, description: 'What kind of event.' }),
    reason: t.exposeString('reason', { description: 'Which event: issue_assigned, issue_commented, heartbeat_timer, manual …' }),
    status: t.expose('status', { type: WakeStatusEnum, description: 'What became of it.' }),
    skipReason: t.exposeString('skipReason', { nullable: true, description: 'The gate that was shut, when skipped.' }),
    message: t.string({ description: 'One sentence for people: why it led to no run, else what woke the agent.', resolve: (wakeup) => (wakeup.skipReason ? skipSentence(wakeup.skipReason) : reasonSentence(wakeup.reason)) }),
    budgetStop: t.field({
      type: BudgetStopRef, nullable: true, description: 'Of one that was skipped for it: the budget that is used up and still stops this agent or issue; null once work may go on.',
      resolve: (wakeup, _args, ctx) => (wakeup.skipReason === 'budget_stopped' ? ctx.loading.load(stopOfWakeup, wakeup.id) : null),
    }),
    coalescedCount: t.exposeInt('coalescedCount', { description: 'Further requests merged into this one.' }),
    requestedBy: t.field({ type: Actor, description: 'Who asked.', resolve: (wakeup, _args, ctx) => actorFrom(ctx, wakeup.requesterType, wakeup.requesterId) }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it was settled for good.' }),
  }),
});

class Refused {
  readonly message: string;
  readonly wakeup: Wakeup;
  constructor(wakeup: Wakeup, because: string | null) {
    this.wakeup = wakeup;
    this.message = because ?? skipSentence(wakeup.skipReason ?? '');
  }
}

const WakeRefused = builder.objectRef<Refused>('WakeRefused').implement({
  description: 'A gate is shut: the agent is not woken. The request is kept with its reason.',
  interfaces: [Conflict],
  fields: (t) => ({
    reason: t.string({ description: 'The gate: company_inactive, budget_stopped, agent_paused, agent_terminated, manager_terminated, wake_on_demand_off, issue_finished, issue_parked, issue_reassigned, issue_held, issue_blocked.', resolve: ({ wakeup }) => wakeup.skipReason ?? '' }),
    wakeup: t.expose('wakeup', { type: WakeupRef, nullable: true, description: 'The request as it was kept.' }),
  }),
});

const WakeAgentResult = builder.unionType('WakeAgentResult', {
  description: 'The request, or which gate was shut.', types: [WakeupRef, WakeRefused], resolveType: (value) => (value instanceof Refused ? 'WakeRefused' : 'Wakeup'),
});

const WakeAgentInput = builder.inputType('WakeAgentInput', {
  description: 'Whom to wake, and for what.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'Which agent.' }),
    issueId: t.id({ description: 'For which of its issues; for nothing in particular when absent.' }),
    reason: t.string({ description: 'A note for the agent, up to 500 characters.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});

builder.mutationField('wakeAgent', (t) =>
  t.field({
    type: WakeAgentResult,
    description: 'Asks for a run now. Agents wake themselves and those who report to them; a CEO before its first approved strategy only itself (RULE_VIOLATION). Merges into a run that is queued for the same issue, and waits for one that is live on it.',
    args: { input: t.arg({ type: WakeAgentInput, required: true, description: 'Whom.' }) },
    resolve: (_root, { input }, ctx) =>
      ctx.write(async (tx, by) => {
        const { agentId, issueId, idempotencyKey } = checkedIds(input);
        const agent = await agentFor(tx, by, agentId);
        const own = agentOf(by);
        if (own && !(await reportsTo(tx, agent.id, own))) throw new Refusal('FORBIDDEN', 'an agent wakes itself and its reports only', { field: 'agentId' });
        // Work that is parked goes on when somebody asks for it: a draft would be one no more.
        if (agent.id !== own) await mustHaveStrategy(tx, by, agent.companyId, 'wake others');
        const issue = issueId ? await issueFor(tx, by, issueId) : null;
        if (issue && issue.companyId !== agent.companyId) throw new Refusal('NOT_FOUND', 'no such issue');
        const note = optionalText('reason', input.reason, LIMITS.short);
        const at = { companyId: agent.companyId, operation: 'wakeAgent', key: idempotencyKey, input: { agentId, issueId, note } };
        const id = await once(tx, by, at, async () => {
          const wakeup = await enqueueWake(tx, by, { agentId, issueId: issueId ?? null, source: 'ON_DEMAND', reason: 'manual', payload: note ? { note } : {} });
          return wakeup.id;
        });
        const wakeup = await tx.wakeup.findUniqueOrThrow({ where: { id } });
        if (wakeup.status !== 'SKIPPED') return wakeup;
        const stop = wakeup.skipReason === 'budget_stopped' ? await stopOver(tx, wakeup) : null;
        return new Refused(wakeup, stop?.message ?? null);
      }),
  }),
);
