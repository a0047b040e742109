import { builder } from '../builder.ts';
import { AgentRoleEnum } from '../shared/enums.ts';
import { checkedIds } from '../shared/lookup.ts';
import { createAgent, pauseAgent, resumeAgent, terminateAgent, updateAgent } from './commands.ts';
import { AgentRef } from './ref.ts';

export const HeartbeatInput = builder.inputType('HeartbeatInput', {
  description: 'Whether and how often an agent wakes by itself.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'Off by default.' }),
    intervalSec: t.int({ description: 'Seconds between heartbeats, 30 or more.' }),
    runWhenIdle: t.boolean({ description: 'Run even without known work.' }),
    wakeOnDemand: t.boolean({ description: 'Whether anything but its timer wakes it. On by default.' }),
  }),
});

const CreateAgentInput = builder.inputType('CreateAgentInput', {
  description: 'A new agent.',
  fields: (t) => ({
    companyId: t.id({ required: true, description: 'In which company.' }),
    name: t.string({ required: true, description: '1 to 120 characters.' }),
    role: t.field({ type: AgentRoleEnum, description: 'GENERAL when absent.' }),
    title: t.string({ description: 'Its title, in words.' }),
    capabilities: t.string({ description: 'What it can do, for colleagues who delegate.' }),
    managerId: t.id({ description: 'Whom it reports to.' }),
    adapterType: t.string({ required: true, description: 'How it is run; see Query.adapters.' }),
    adapterConfig: t.field({ type: 'JSON', description: 'Settings by the adapter\'s configSchema; each wrong field is a BAD_USER_INPUT that names it.' }),
    cheapConfig: t.field({ type: 'JSON', description: 'Laid over adapterConfig for runs that only report where work stands, for example another model. No secrets.' }),
    heartbeat: t.field({ type: HeartbeatInput, description: 'Off when absent.' }),
    maxConcurrentRuns: t.int({ description: '1 to 50; 20 when absent.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});

const UpdateAgentInput = builder.inputType('UpdateAgentInput', {
  description: 'What to change: absent fields stay, null empties what may be empty.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'Which agent.' }),
    name: t.string({ description: '1 to 120 characters.' }),
    role: t.field({ type: AgentRoleEnum, description: 'Its job.' }),
    title: t.string({ description: 'Its title.' }),
    capabilities: t.string({ description: 'What it can do.' }),
    managerId: t.id({ description: 'Whom it reports to; a circle is a RULE_VIOLATION.' }),
    adapterType: t.string({ description: 'How it is run.' }),
    adapterConfig: t.field({ type: 'JSON', description: 'All settings of the adapter. Redacted secrets sent back keep their values.' }),
    cheapConfig: t.field({ type: 'JSON', description: 'Laid over adapterConfig for runs that only report where work stands; null for none. No secrets.' }),
    heartbeat: t.field({ type: HeartbeatInput, description: 'What to change of it.' }),
    maxConcurrentRuns: t.int({ description: '1 to 50.' }),
  }),
});

const agentInput = (name: string, description: string) =>
  builder.inputType(name, { description, fields: (t) => ({ agentId: t.id({ required: true, description: 'Which agent.' }) }) });
const PauseAgentInput = builder.inputType('PauseAgentInput', {
  description: 'Whom to pause.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'Which agent.' }),
    cancelRuns: t.boolean({ description: 'Also cancel its runs; true when absent.' }),
  }),
});
const ResumeAgentInput = agentInput('ResumeAgentInput', 'Whom to resume.');
const TerminateAgentInput = agentInput('TerminateAgentInput', 'Whom to end.');

builder.mutationFields((t) => ({
  createAgent: t.field({
    type: AgentRef,
    description:
      'Hires an agent. The board, and agents with AGENTS_CREATE (a CEO has it) below themselves: FORBIDDEN for others, for a manager elsewhere and for another CEO. ' +
      'RULE_VIOLATION for an agent where the company wants each hire approved, and for a CEO before its first approved strategy: see requestApproval.',
    args: { input: t.arg({ type: CreateAgentInput, required: true, description: 'The agent.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createAgent(tx, by, ctx.adapters, checkedIds(input))),
  }),
  updateAgent: t.field({
    type: AgentRef, description: 'Changes an agent, and keeps what it was as a revision. The board, and agents with AGENTS_CONFIGURE those who report to them (FORBIDDEN else).',
    args: { input: t.arg({ type: UpdateAgentInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => updateAgent(tx, by, ctx.adapters, checkedIds(input))),
  }),
  pauseAgent: t.field({
    type: AgentRef, description: 'Gives an agent no more runs, and cancels those it has. Board only.',
    args: { input: t.arg({ type: PauseAgentInput, required: true, description: 'Whom.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => pauseAgent(tx, by, checkedIds(input))),
  }),
  resumeAgent: t.field({
    type: AgentRef, description: 'Lets a paused agent, or one whose last run failed, work again. Board only.',
    args: { input: t.arg({ type: ResumeAgentInput, required: true, description: 'Whom.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => resumeAgent(tx, by, checkedIds(input))),
  }),
  terminateAgent: t.field({
    type: AgentRef, description: 'Ends an agent for good: runs cancelled, keys revoked. Board only.',
    args: { input: t.arg({ type: TerminateAgentInput, required: true, description: 'Whom.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => terminateAgent(tx, by, checkedIds(input))),
  }),
}));
