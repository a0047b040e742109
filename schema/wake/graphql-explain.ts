import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { issueById } from '../issue/reads.ts';
import { IssueRef } from '../issue/ref.ts';
import { RunRef } from '../run/ref.ts';
import { seen } from '../shared/lookup.ts';
import { type ExplainedGate, explainWake, type WakeExplanation } from './explain.ts';
import { WakeupRef } from './ref.ts';

const WakeGate = builder.objectRef<ExplainedGate>('WakeGate').implement({
  description: 'Something that must be so before an agent runs.',
  fields: (t) => ({
    gate: t.exposeString('gate', { description: 'Its name, as in Wakeup.skipReason; agent_at_capacity and issue_busy keep a queued run waiting.' }),
    isOpen: t.exposeBoolean('isOpen', { description: 'Whether it lets the agent run now.' }),
    message: t.exposeString('message', { description: 'One sentence for people.' }),
  }),
});

const WakeExplanationType = builder.objectRef<WakeExplanation>('WakeExplanation').implement({
  description: 'Why an agent runs, or does not run, for an issue.',
  fields: (t) => ({
    agent: t.field({ type: AgentRef, description: 'Which agent.', resolve: async ({ agentId }, _args, ctx) => (await ctx.loading.load(agentById, agentId)) as never }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'Which issue; null for work in general.', resolve: ({ issueId }, _args, ctx) => (issueId ? ctx.loading.load(issueById, issueId) : null) }),
    text: t.exposeString('text', { description: 'The answer in one sentence.' }),
    gates: t.field({ type: [WakeGate], description: 'All gates in their order: the first that is shut decides.', resolve: (explanation) => explanation.gates }),
    liveRun: t.field({ type: RunRef, nullable: true, description: 'The run that is live on the issue, of whatever agent.', resolve: (explanation) => explanation.liveRun }),
    queuedRuns: t.field({ type: [RunRef], description: 'Runs of the agent that wait.', resolve: (explanation) => explanation.queuedRuns }),
    throttleEndsAt: t.field({ type: 'DateTime', nullable: true, description: 'Until when a run waits by its delay, or a wake that brings nothing new would have to; null where neither waits.', resolve: (explanation) => explanation.throttleEndsAt }),
    deferred: t.field({ type: WakeupRef, nullable: true, description: 'The request that waits for a live run to end.', resolve: (explanation) => explanation.deferred }),
    wakes: t.field({ type: [WakeupRef], complexity: { field: 1, multiplier: 10 }, description: 'The last ten requests, newest first.', resolve: (explanation) => explanation.wakes }),
  }),
});

builder.queryField('explainWake', (t) =>
  t.field({
    type: WakeExplanationType, nullable: true, complexity: 20,
    description: 'Why is nothing happening? Each gate between an agent and a run for an issue, what is live, queued and deferred, and the last requests. Null where the viewer may see either not.',
    args: {
      agentId: t.arg.id({ required: true, description: 'Which agent.' }),
      issueId: t.arg.id({ description: 'For which issue; its heartbeats when absent.' }),
    },
    resolve: async (_root, { agentId, issueId }, ctx) => {
      const agent = await seen(ctx, agentById, agentId);
      const isAboutIssue = typeof issueId === 'string';
      const issue = isAboutIssue ? await seen(ctx, issueById, issueId) : null;
      if (!agent || (isAboutIssue && issue?.companyId !== agent.companyId)) return null;
      return explainWake(ctx.db, agent.id, issue?.id ?? null);
    },
  }),
);
