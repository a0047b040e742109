import { ask } from '../ask.ts';
import { limitRows } from '../breaker.ts';
import { defineCommand } from '../command.ts';
import { ApiError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { agentId, companyId } from '../refs.ts';

const AgentBreakerLimitsQuery = graphql(`
  query AgentBreakerLimits($id: ID!) {
    agent(id: $id) { breakerSettings {
      own { consecutiveFailures runsWithoutProgress runsPerHour runsPerDay tokensPerRun velocityPercent }
      effective { consecutiveFailures runsWithoutProgress runsPerHour runsPerDay tokensPerRun velocityPercent }
    } }
  }
`);
const CompanyBreakerLimitsQuery = graphql(`
  query CompanyBreakerLimits($ref: String!) {
    company(ref: $ref) { breakerSettings {
      own { consecutiveFailures runsWithoutProgress runsPerHour runsPerDay tokensPerRun velocityPercent }
      effective { consecutiveFailures runsWithoutProgress runsPerHour runsPerDay tokensPerRun velocityPercent }
    } }
  }
`);

export const command = defineCommand({
  usage: 'breaker limits [AGENT]',
  about: 'The limits that pause agents by themselves: of one agent, or of the company for all that say nothing themselves.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const settingsOf = args[0]
      ? (await ask(settings, AgentBreakerLimitsQuery, { id: await agentId(settings, args[0]) })).agent?.breakerSettings
      : (await ask(settings, CompanyBreakerLimitsQuery, { ref: await companyId(settings) })).company?.breakerSettings;
    if (!settingsOf) throw new ApiError('NOT_FOUND', 'no such agent or company');
    show(settingsOf, () => limitRows(settingsOf, args[0] ? 'agent' : 'company'));
  },
});
