import type { IssueMonitor } from '../../prisma/generated/client.ts';
import { Actor, actorFrom } from '../access/graphql.ts';
import { builder } from '../builder.ts';
import { IssueHeld } from '../issue/conflicts.ts';
import { Held } from '../issue/graphql/conflicts.ts';
import { IssueRef } from '../issue/ref.ts';
import { MonitorPolicyEnum } from '../shared/enums.ts';
import { checkedIds } from '../shared/lookup.ts';
import { monitorOfIssue } from './reads.ts';
import { setMonitor } from './set-monitor.ts';

const IssueMonitorType = builder.objectRef<IssueMonitor>('IssueMonitor').implement({
  description: 'A look at something outside, due once. It goes when the issue ends, changes hands, or leaves progress and review.',
  fields: (t) => ({
    nextCheckAt: t.expose('nextCheckAt', { type: 'DateTime', nullable: true, description: 'When the owner is woken; null once it was.' }),
    notes: t.exposeString('notes', { nullable: true, description: 'What to look for, up to 500 characters.' }),
    serviceName: t.exposeString('serviceName', { nullable: true, description: 'What it waits for, such as the name of a service, up to 120 characters.' }),
    externalRef: t.exposeString('externalRef', { nullable: true, description: 'Where to look, up to 500 characters, what looks like a secret replaced.' }),
    timeoutAt: t.expose('timeoutAt', { type: 'DateTime', nullable: true, description: 'No check is set after this time.' }),
    attempts: t.exposeInt('attempts', { description: 'Checks so far.' }),
    maxAttempts: t.exposeInt('maxAttempts', { nullable: true, description: 'Checks at most, 1 to 100.' }),
    policy: t.expose('policy', { type: MonitorPolicyEnum, description: 'What happens at the last check.' }),
    firedAt: t.expose('firedAt', { type: 'DateTime', nullable: true, description: 'When it last came due.' }),
    createdBy: t.field({ type: Actor, description: 'Who set it first.', resolve: (monitor, _args, ctx) => actorFrom(ctx, monitor.creatorType, monitor.creatorId) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

builder.objectFields(IssueRef, (t) => ({
  monitor: t.field({ type: IssueMonitorType, nullable: true, description: 'What its owner is woken to look at; null where nothing is watched.', resolve: (issue, _args, ctx) => ctx.loading.load(monitorOfIssue, issue.id) }),
}));

const SetMonitorInput = builder.inputType('SetMonitorInput', {
  description: 'What to look at, and when. Absent parts stay as they were.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'Which issue: in progress or in review, and an agent\'s.' }),
    nextCheckAt: t.field({ type: 'DateTime', description: 'When to wake the owner, at most 90 days ahead. Absent or null takes the monitor away.' }),
    notes: t.string({ description: 'What to look for, up to 500 characters.' }),
    serviceName: t.string({ description: 'What it waits for, up to 120 characters.' }),
    externalRef: t.string({ description: 'Where to look, up to 500 characters. What looks like a secret is replaced before it is stored.' }),
    timeoutAt: t.field({ type: 'DateTime', description: 'No check after this time. Only the board sets it later than it was.' }),
    maxAttempts: t.int({ description: 'Checks at most, 1 to 100. Only the board sets it higher than it was.' }),
    policy: t.field({ type: MonitorPolicyEnum, description: 'What happens at the last check; WAKE_OWNER when absent.' }),
  }),
});

const SetMonitorResult = builder.unionType('SetMonitorResult', {
  description: 'The issue, or who has it.', types: [IssueRef, Held], resolveType: (value) => (value instanceof IssueHeld ? 'IssueHeld' : 'Issue'),
});

builder.mutationField('setMonitor', (t) =>
  t.field({
    type: SetMonitorResult,
    description: 'Has the owner of an issue woken once, to look at something outside. Set again it is armed again, until its bounds: past them a RULE_VIOLATION. Its agent, managers and the board may.',
    args: { input: t.arg({ type: SetMonitorInput, required: true, description: 'What and when.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => setMonitor(tx, by, { ...checkedIds(input), nextCheckAt: input.nextCheckAt ?? null })),
  }),
);
