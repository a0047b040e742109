import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { BoardInboxQuery, IssueStatus } from '../generated/graphql.ts';
import { byUrgency, issueTable, openBlockers } from '../issue-row.ts';
import { bold, columns, dim, plain } from '../print.ts';
import { agentId, companyId, issueId } from '../refs.ts';
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

const BoardInboxQuery = graphql(`
  query BoardInbox($companyId: ID!, $filter: InboxFilter, $first: Int!) {
    inbox(companyId: $companyId, filter: $filter, first: $first) {
      nodes {
        at
        isUnread
        events { reason at comment { body } interaction { title } run { number } recovery { nextAction } }
        issue { identifier title status }
      }
    }
  }
`);
const ArchiveFromInboxMutation = graphql(`
  mutation ArchiveFromInbox($input: ArchiveFromInboxInput!) {
    archiveFromInbox(input: $input) { readAt archivedAt issue { identifier } }
  }
`);
const MarkReadMutation = graphql(`
  mutation MarkRead($input: MarkReadInput!) {
    markRead(input: $input) { readAt archivedAt issue { identifier } }
  }
`);

const open: IssueStatus[] = ['TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED'];

export const command = defineCommand({
  usage: 'inbox [--agent NAME] [--unread] [--read ISSUE | --archive ISSUE]',
  about: 'For an agent its open issues: what it can start first, most urgent first; blocked ones are marked. For the board what wants a look, newest first.',
  args: 0,
  flags: {
    agent: { type: 'string', value: 'NAME', about: "another agent's inbox, by name or id" },
    backlog: { type: 'boolean', about: 'with what is parked in the backlog' },
    unread: { type: 'boolean', about: 'the board: only what is new' },
    archived: { type: 'boolean', about: 'the board: what was put away' },
    read: { type: 'string', value: 'ISSUE', about: 'the board: this one has been read' },
    archive: { type: 'string', value: 'ISSUE', about: 'the board: put this one away until something happens' },
  },
  async run({ settings, flags, show }) {
    if (flags.read && flags.archive) throw new UsageError('--read and --archive exclude each other: what is put away counts as read');
    if (flags.archive) {
      const { archiveFromInbox } = await ask(settings, ArchiveFromInboxMutation, { input: { issueId: await issueId(settings, flags.archive) } });
      return show(archiveFromInbox, () => `put away ${archiveFromInbox.issue.identifier}`);
    }
    if (flags.read) {
      const { markRead } = await ask(settings, MarkReadMutation, { input: { issueId: await issueId(settings, flags.read) } });
      return show(markRead, () => `read ${markRead.issue.identifier}`);
    }
    const agent = flags.agent ? await agentId(settings, flags.agent) : await ownAgent(settings);
    if (agent === null) {
      const filter = { unread: flags.unread ?? false, archived: flags.archived ?? false };
      const { inbox } = await ask(settings, BoardInboxQuery, { companyId: await companyId(settings), filter, first: 50 });
      if (!inbox) throw new ApiError('NOT_FOUND', 'no such company');
      return show(inbox.nodes, () => boardTable(inbox.nodes));
    }
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

/** The agent that asks; null for the board. */
async function ownAgent(settings: Settings): Promise<string | null> {
  const { viewer } = await ask(settings, MyAgentQuery, {});
  return viewer.agent?.id ?? null;
}

type BoardItem = NonNullable<BoardInboxQuery['inbox']>['nodes'][number];

function boardTable(items: BoardItem[]): string {
  if (items.length === 0) return dim('nothing wants a look');
  return columns(items.map(({ issue, isUnread, events }) => {
    const [newest] = events;
    const about = newest?.comment?.body ?? newest?.interaction?.title ?? newest?.recovery?.nextAction ?? (newest?.run ? `run #${newest.run.number}` : '');
    return [isUnread ? '*' : ' ', bold(issue.identifier), events.map(({ reason }) => reason).join(','), issue.status, `${plain(issue.title)}  ${dim(plain(about).replace(/\s+/g, ' ').slice(0, 80))}`];
  }));
}
