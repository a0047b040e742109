import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { grantTable } from '../grant.ts';
import { agentId } from '../refs.ts';

const GrantsQuery = graphql(`
  query Grants($id: ID!) {
    agent(id: $id) { ...GrantedAgent }
  }
`);

export const command = defineCommand({
  usage: 'grant list [AGENT]',
  about: 'What an agent may beyond what all agents may: by grants and by its role. The agent is `me` when absent.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const { agent } = await ask(settings, GrantsQuery, { id: await agentId(settings, args[0] ?? 'me') });
    if (!agent) throw new ApiError('NOT_FOUND', 'no such agent');
    show(agent, () => grantTable(agent));
  },
});
