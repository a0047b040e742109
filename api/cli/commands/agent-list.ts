import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { bold, columns, dim, plain } from '../print.ts';
import { companyId } from '../refs.ts';

const AgentListQuery = graphql(`
  query AgentList($company: String!) {
    company(ref: $company) {
      agents(first: 100, filter: { statuses: [IDLE, RUNNING, ERROR, PAUSED] }) {
        nodes { id name role title status pauseReason capabilities manager { id name } }
      }
    }
  }
`);

export const command = defineCommand({
  usage: 'agent list',
  about: 'The colleagues: who they are, whom they report to, what they can do.',
  args: 0,
  flags: {},
  async run({ settings, show }) {
    const { company } = await ask(settings, AgentListQuery, { company: await companyId(settings) });
    const agents = company?.agents.nodes ?? [];
    show(agents, () =>
      agents.length === 0
        ? dim('no agents')
        : columns(
            agents.map((agent) => [
              bold(plain(agent.name)),
              agent.pauseReason ? `${agent.status} (${agent.pauseReason})` : agent.status,
              plain(agent.title ?? agent.role),
              agent.manager ? `reports to ${plain(agent.manager.name)}` : '-',
              dim(plain(agent.capabilities ?? '')),
            ]),
          ),
    );
  },
});
