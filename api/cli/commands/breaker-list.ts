import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { bold, columns, dim, plain } from '../print.ts';
import { agentId, companyId } from '../refs.ts';

const BreakerListQuery = graphql(`
  query BreakerList($company: String!, $filter: BreakerTripFilter) {
    company(ref: $company) {
      breakers(first: 100, filter: $filter) {
        nodes { id kind message limit observed evidence trippedAt resetAt resetNote agent { id name } run { id number } }
      }
    }
  }
`);

export const command = defineCommand({
  usage: 'breaker list [AGENT] [--all]',
  about: 'Circuit breakers that keep agents paused, and what was seen; with --all those that were reset as well.',
  args: 1,
  flags: { all: { type: 'boolean', about: 'also what was reset' } },
  async run({ settings, flags, args, show }) {
    const company = await companyId(settings);
    const filter = { ...(args[0] ? { agentId: await agentId(settings, args[0]) } : {}), ...(flags.all ? {} : { open: true }) };
    const trips = (await ask(settings, BreakerListQuery, { company, filter })).company?.breakers.nodes ?? [];
    show(trips, () => trips.length === 0 ? dim('nothing has tripped') : columns(trips.map((trip) => [
      dim(trip.trippedAt), bold(plain(trip.agent.name)), trip.kind, trip.resetAt ? 'reset' : 'paused', `${plain(trip.message)}${trip.run ? ` (run #${trip.run.number})` : ''}`,
    ])));
  },
});
