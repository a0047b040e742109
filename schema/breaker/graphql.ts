import { Actor, actorFrom } from '../access/graphql.ts';
import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { CompanyRef } from '../company/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { described } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { resetBreaker } from './commands/reset-breaker.ts';
import { setBreakers } from './commands/set-breakers.ts';
import { breakersOfAgent, breakersOfCompany, openTripOfAgent, type SettingsView, tripConditions, tripsOfCompany } from './reads.ts';
import { BreakerTripRef } from './ref.ts';
import { DEFAULTS, type Limits, type OwnLimits, tripSentence } from './rules.ts';

const BreakerKindEnum = described('BreakerKind', 'Which limit of an agent was passed.', {
  CONSECUTIVE_FAILURES: 'Runs that failed or timed out, one after the other. A failure that trying again does not mend, such as refused credentials, is one too many by itself, with a limit of 0.',
  RUNS_WITHOUT_PROGRESS: 'Runs on issues, one after the other, that left nothing to be seen there.',
  RUNS_PER_HOUR: 'Runs started within an hour.', RUNS_PER_DAY: 'Runs started within 24 hours.', TOKENS_PER_RUN: 'Tokens of one run: read, read from cache and written.',
  TOKEN_VELOCITY: 'Tokens per minute of one run, against the agent\'s own average.',
});

BreakerTripRef.implement({
  description: 'A circuit breaker that paused an agent, and what was seen. Until it is reset the agent gets no run.',
  interfaces: [Node],
  fields: (t) => ({
    agent: t.field({ type: AgentRef, description: 'Whom it paused.', resolve: async (trip, _args, ctx) => (await ctx.loading.load(agentById, trip.agentId)) as never }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run by which it was seen.', resolve: (trip, _args, ctx) => (trip.runId ? ctx.loading.load(runById, trip.runId) : null) }),
    kind: t.expose('kind', { type: BreakerKindEnum, description: 'Which limit.' }),
    limit: t.expose('limit', { type: 'BigInt', description: 'The limit then, in what its kind counts.' }),
    observed: t.expose('observed', { type: 'BigInt', description: 'What was seen.' }),
    message: t.string({ description: 'One sentence for people.', resolve: (trip) => tripSentence(trip) }),
    evidence: t.field({ type: 'JSON', description: 'The runs and figures that it was decided on.', resolve: (trip) => trip.evidence }),
    trippedAt: t.expose('trippedAt', { type: 'DateTime', description: 'When.' }),
    resetAt: t.expose('resetAt', { type: 'DateTime', nullable: true, description: 'When it was reset; null while it is in force.' }),
    resetBy: t.field({ type: Actor, nullable: true, description: 'Who reset it.', resolve: (trip, _args, ctx) => (trip.resetType ? actorFrom(ctx, trip.resetType, trip.resetId) : null) }),
    resetNote: t.exposeString('resetNote', { nullable: true, description: 'What who reset it said.' }),
  }),
});
const BreakerTripConnection = connectionOf(BreakerTripRef, 'BreakerTrip', { totalCount: true });

const MEANINGS = {
  consecutiveFailures: 'Runs in a row that fail or time out. Lost processes do not count.',
  runsWithoutProgress: 'Runs in a row, on issues, that leave nothing to be seen.',
  runsPerHour: 'Runs that may start within an hour.',
  runsPerDay: 'Runs that may start within 24 hours.',
  tokensPerRun: 'Tokens that one run may use: read, read from cache and written.',
  velocityPercent: 'Tokens per minute of a run, in percent of the average of the agent\'s last 20 runs; judged from 5 runs on.',
} as const;

const BreakerLimits = builder.objectRef<Limits>('BreakerLimits').implement({
  description: 'The limits that hold. 0 is off.',
  fields: (t) => ({
    consecutiveFailures: t.exposeInt('consecutiveFailures', { description: MEANINGS.consecutiveFailures }),
    runsWithoutProgress: t.exposeInt('runsWithoutProgress', { description: MEANINGS.runsWithoutProgress }),
    runsPerHour: t.exposeInt('runsPerHour', { description: MEANINGS.runsPerHour }),
    runsPerDay: t.exposeInt('runsPerDay', { description: MEANINGS.runsPerDay }),
    tokensPerRun: t.expose('tokensPerRun', { type: 'BigInt', description: MEANINGS.tokensPerRun }),
    velocityPercent: t.exposeInt('velocityPercent', { description: MEANINGS.velocityPercent }),
  }),
});
const OwnBreakerLimits = builder.objectRef<OwnLimits>('OwnBreakerLimits').implement({
  description: 'What a level says itself. Null: what the level above says. 0 is off.',
  fields: (t) => ({
    consecutiveFailures: t.exposeInt('consecutiveFailures', { nullable: true, description: MEANINGS.consecutiveFailures }),
    runsWithoutProgress: t.exposeInt('runsWithoutProgress', { nullable: true, description: MEANINGS.runsWithoutProgress }),
    runsPerHour: t.exposeInt('runsPerHour', { nullable: true, description: MEANINGS.runsPerHour }),
    runsPerDay: t.exposeInt('runsPerDay', { nullable: true, description: MEANINGS.runsPerDay }),
    tokensPerRun: t.expose('tokensPerRun', { type: 'BigInt', nullable: true, description: MEANINGS.tokensPerRun }),
    velocityPercent: t.exposeInt('velocityPercent', { nullable: true, description: MEANINGS.velocityPercent }),
  }),
});
const BreakerSettings = builder.objectRef<SettingsView>('BreakerSettings').implement({
  description: 'The limits that pause an agent by themselves: an agent\'s own word goes before the company\'s, and that before Boardroom\'s.',
  fields: (t) => ({
    own: t.field({ type: OwnBreakerLimits, description: 'What is set on this very level.', resolve: ({ own }) => own }),
    effective: t.field({ type: BreakerLimits, description: 'What holds.', resolve: ({ effective }) => effective }),
  }),
});

const BreakerTripFilter = builder.inputType('BreakerTripFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    agentId: t.id({ description: 'Of this agent.' }),
    open: t.boolean({ description: 'In force, or reset.' }),
  }),
});

builder.objectFields(CompanyRef, (t) => ({
  breakers: t.field({
    type: BreakerTripConnection, complexity: listComplexity, description: 'Circuit breakers that tripped, newest first.',
    args: { ...pageArgs(), filter: t.arg({ type: BreakerTripFilter, description: 'Which.' }) },
    resolve: (company, args, ctx) => listOf(ctx, tripsOfCompany, company.id, args, tripConditions(args.filter)),
  }),
  breakerSettings: t.field({ type: BreakerSettings, complexity: 2, description: 'The limits of its agents, where they have none of their own.', resolve: (company, _args, ctx) => ctx.loading.load(breakersOfCompany, company.id) }),
}));

builder.objectFields(AgentRef, (t) => ({
  breakerTrip: t.field({ type: BreakerTripRef, nullable: true, complexity: 2, description: 'The breaker that keeps it paused; null where none does.', resolve: (agent, _args, ctx) => ctx.loading.load(openTripOfAgent, agent.id) }),
  breakerSettings: t.field({ type: BreakerSettings, complexity: 2, description: 'The limits that pause it by themselves.', resolve: (agent, _args, ctx) => ctx.loading.load(breakersOfAgent, agent.id) }),
}));

const least = (name: keyof Limits) => `${MEANINGS[name]} Absent: as it is; null: as the level above says; 0: off. Boardroom's own: ${DEFAULTS[name].toString() === '0' ? 'off' : DEFAULTS[name].toString()}.`;
const SetBreakersInput = builder.inputType('SetBreakersInput', {
  description: 'Limits of a company\'s agents, or of one agent: name the company, or the agent.',
  fields: (t) => ({
    companyId: t.id({ description: 'For all its agents that say nothing themselves; beside an agent, the company that it works in.' }),
    agentId: t.id({ description: 'For this agent.' }),
    consecutiveFailures: t.int({ description: least('consecutiveFailures') }),
    runsWithoutProgress: t.int({ description: least('runsWithoutProgress') }),
    runsPerHour: t.int({ description: least('runsPerHour') }),
    runsPerDay: t.int({ description: least('runsPerDay') }),
    tokensPerRun: t.field({ type: 'BigInt', description: least('tokensPerRun') }),
    velocityPercent: t.int({ description: `${least('velocityPercent')} At least 101.` }),
  }),
});
const ResetBreakerInput = builder.inputType('ResetBreakerInput', {
  description: 'Whose breaker to reset.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'Which agent.' }),
    note: t.string({ description: 'For the record, up to 500 characters.' }),
  }),
});

builder.mutationFields((t) => ({
  setBreakers: t.field({
    type: BreakerSettings,
    description: 'Sets limits that pause agents by themselves. What has tripped already stays so. Board only; out of range is BAD_USER_INPUT.',
    args: { input: t.arg({ type: SetBreakersInput, required: true, description: 'The limits.' }) },
    resolve: async (_root, { input }, ctx) => {
      const { agentId, companyId } = await ctx.write((tx, by) => setBreakers(tx, by, checkedIds(input)));
      return agentId ? ctx.loading.load(breakersOfAgent, agentId) : ctx.loading.load(breakersOfCompany, companyId);
    },
  }),
  resetBreaker: t.field({
    type: AgentRef,
    description: 'Resets what tripped on an agent and lets it work again: what it did before counts no more, and it is woken for what was asked meanwhile. Where nothing has tripped it changes nothing. Board only; resumeAgent does the same.',
    args: { input: t.arg({ type: ResetBreakerInput, required: true, description: 'Whose.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => resetBreaker(tx, by, checkedIds(input))),
  }),
}));
