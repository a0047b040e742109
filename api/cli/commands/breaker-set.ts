import { ask } from '../ask.ts';
import { limitFrom, limitRows } from '../breaker.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { agentId, companyId } from '../refs.ts';

const SetBreakersMutation = graphql(`
  mutation SetBreakers($input: SetBreakersInput!) {
    setBreakers(input: $input) {
      own { consecutiveFailures runsWithoutProgress runsPerHour runsPerDay tokensPerRun velocityPercent }
      effective { consecutiveFailures runsWithoutProgress runsPerHour runsPerDay tokensPerRun velocityPercent }
    }
  }
`);

const limit = (about: string) => ({ type: 'string', value: 'N', about }) as const;

export const command = defineCommand({
  usage: 'breaker set [AGENT] [--failures N] [--idle-runs N] [--per-hour N] [--per-day N] [--tokens N] [--velocity PERCENT]',
  about: 'Sets limits that pause agents by themselves, for the board: of one agent, or of the company. A number, `off`, or `inherit` for what the level above says.',
  args: 1,
  flags: {
    failures: limit('runs in a row that fail or time out'), 'idle-runs': limit('runs in a row that leave nothing on their issues'), 'per-hour': limit('runs that may start within an hour'),
    'per-day': limit('runs that may start within 24 hours'), tokens: limit('tokens that one run may use'), velocity: limit('tokens a minute, in percent of the agent’s own average'),
  },
  async run({ settings, flags, args, show }) {
    const tokens = limitFrom('tokens', flags.tokens);
    const input = {
      consecutiveFailures: limitFrom('failures', flags.failures), runsWithoutProgress: limitFrom('idle-runs', flags['idle-runs']), runsPerHour: limitFrom('per-hour', flags['per-hour']),
      runsPerDay: limitFrom('per-day', flags['per-day']), tokensPerRun: typeof tokens === 'number' ? String(tokens) : tokens, velocityPercent: limitFrom('velocity', flags.velocity),
    };
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0) throw new UsageError('say which limit: --failures, --idle-runs, --per-hour, --per-day, --tokens or --velocity');
    const whose = args[0] ? { agentId: await agentId(settings, args[0]) } : { companyId: await companyId(settings) };
    const { setBreakers } = await ask(settings, SetBreakersMutation, { input: { ...whose, ...given } });
    show(setBreakers, () => limitRows(setBreakers, args[0] ? 'agent' : 'company'));
  },
});
