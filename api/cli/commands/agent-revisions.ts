import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { bold, dim, indent, plain, valueText } from '../print.ts';
import { agentId } from '../refs.ts';

const RevisionsQuery = graphql(`
  query AgentRevisions($id: ID!) {
    agent(id: $id) {
      revisions(first: 100) {
        nodes {
          id number source createdAt settings changes { name before after } rolledBackTo { number }
          createdBy { __typename ... on User { name } ... on Agent { name } ... on System { name } }
        }
      }
    }
  }
`);

export const command = defineCommand({
  usage: 'agent revisions AGENT',
  about: 'How the settings of an agent have changed, the newest first. Secrets are named and never shown.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const { agent } = await ask(settings, RevisionsQuery, { id: await agentId(settings, args[0] ?? 'me') });
    if (!agent) throw new ApiError('NOT_FOUND', 'no such agent');
    const { nodes } = agent.revisions;
    show(nodes, () =>
      nodes.map(({ number, source, createdAt, createdBy, changes, rolledBackTo }) => {
        const what = rolledBackTo ? `${source} to ${rolledBackTo.number}` : source;
        const lines = changes.map(({ name, before, after }) => indent(`${plain(name)}: ${valueText(before)} -> ${valueText(after)}`));
        return [`${bold(String(number))} ${what} by ${plain(createdBy.name)} ${dim(createdAt)}`, ...lines].join('\n');
      }).join('\n'),
    );
  },
});
