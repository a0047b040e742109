import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { IssueStatus } from '../generated/graphql.ts';
import { byUrgency, issueTable, openBlockers } from '../issue-row.ts';
import { agentId } from '../refs.ts';
import type { Settings } from '../settings.ts';

const MyAgentQuery = graphql(`
  query MyAgent {
    viewer { agent { id } }
  }
`);
const InboxQuery = graphql(`
  query Inbox($agentId: ID!, $statuses: [IssueStatus!]) {
    agent(id: $agentId) {
      issues(first: 100, filter: { statuses: $statuses }, orderBy: { field: PRIORITY, direction: ASC }) {
        nodes { ...IssueRow }
      }
    }
  }
`);

const open: IssueStatus[] = ['TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED'];

export const command = defineCommand({
  usage: 'inbox [--agent NAME]',
  about: 'Open issues assigned to you: what you can start first, most urgent first; blocked ones are marked.',
  args: 0,
  flags: {
    agent: { type: 'string', value: 'NAME', about: "another agent's inbox, by name or id" },
    backlog: { type: 'boolean', about: 'with what is parked in the backlog' },
  },
  async run({ settings, flags, show }) {
    const agent = flags.agent ? await agentId(settings, flags.agent) : await ownAgent(settings);
    const statuses: IssueStatus[] = flags.backlog ? [...open, 'BACKLOG'] : open;
    const found = await ask(settings, InboxQuery, { agentId: agent, statuses });
    if (!found.agent) throw new ApiError('NOT_FOUND', `no agent ${agent}`);
    const issues = found.agent.issues.nodes.sort(byUrgency);
    show(
      issues.map((issue) => ({ ...issue, blocked: openBlockers(issue).length > 0 })),
      () => issueTable(issues),
    );
  },
});

async function ownAgent(settings: Settings): Promise<string> {
  const { viewer } = await ask(settings, MyAgentQuery, {});
  if (!viewer.agent) throw new UsageError('only agents have an inbox: name one with --agent');
  return viewer.agent.id;
}
