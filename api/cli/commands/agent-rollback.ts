import { ask } from '../ask.ts';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { agentId } from '../refs.ts';

const NumbersQuery = graphql(`
  query AgentRevisionNumbers($id: ID!, $after: Cursor) {
    agent(id: $id) { revisions(first: 100, after: $after) { nodes { id number } pageInfo { hasNextPage endCursor } } }
  }
`);
const RollbackMutation = graphql(`
  mutation RollbackAgentConfig($input: RollbackAgentConfigInput!) {
    rollbackAgentConfig(input: $input) { id name role title adapterType adapterConfig maxConcurrentRuns manager { id name } revisions(first: 1) { nodes { number } } }
  }
`);

export const command = defineCommand({
  usage: 'agent rollback AGENT NUMBER',
  about: 'Brings back the settings that an agent had after a change; its secrets stay as they are today.',
  args: 2,
  flags: {},
  async run({ settings, args, show }) {
    const [named, given] = args;
    if (!named || !given) throw new UsageError('name the agent and the revision; boardroom agent revisions shows them');
    const [id, number] = [await agentId(settings, named), count('the revision', given)];
    const { rollbackAgentConfig: agent } = await ask(settings, RollbackMutation, { input: { agentId: id, revisionId: await revisionId(id, number) } });
    show(agent, () => `${agent.name} is as it was after revision ${number}; that is revision ${agent.revisions.nodes[0]?.number ?? number}`);

    async function revisionId(agentId: string, wanted: number): Promise<string> {
      for (let after: string | null = null; ; ) {
        const page: { nodes: { id: string; number: number }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | undefined = (await ask(settings, NumbersQuery, { id: agentId, after })).agent?.revisions;
        const found = page?.nodes.find((revision) => revision.number === wanted);
        if (found) return found.id;
        if (!page?.pageInfo.hasNextPage) throw new ApiError('NOT_FOUND', `no revision ${wanted}`);
        after = page.pageInfo.endCursor;
      }
    }
  },
});
