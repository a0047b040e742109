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
        approval { id type status title requestedBy { __typename ... on User { name } ... on Agent { name } ... on System { name } } }
        events { reason at comment { body } interaction { title } run { number } recovery { nextAction } }
        issue { identifier title status }
      }
    }
  }
`);
const SubjectQuery = graphql(`
  query InboxSubject($id: ID!) {
    approval(id: $id) { id }
  }
`);
const ArchiveFromInboxMutation = graphql(`
  mutation ArchiveFromInbox($input: ArchiveFromInboxInput!) {
    archiveFromInbox(input: $input) { readAt archivedAt issue { identifier } approval { id title } }
  }
`);
const MarkReadMutation = graphql(`
  mutation MarkRead($input: MarkReadInput!) {
    markRead(input: $input) { readAt archivedAt issue { identifier } approval { id title } }
  }
`);

const open: IssueStatus[] = ['TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED'];

export const command = defineCommand({
  usage: 'inbox [--agent NAME] [--unread] [--read REF | --archive REF]',
  about: 'For an agent its open issues: what it can start first, most urgent first; blocked ones are marked. For the board what wants a look, newest first.',
  args: 0,
  flags: {
    agent: { type: 'string', value: 'NAME', about: "another agent's inbox, by name or id" },
    backlog: { type: 'boolean', about: 'with what is parked in the backlog' },
    unread: { type: 'boolean', about: 'the board: only what is new' },
    archived: { type: 'boolean', about: 'the board: what was put away' },
    read: { type: 'string', value: 'REF', about: 'the board: this issue, or approval by its id, has been read' },
    archive: { type: 'string', value: 'REF', about: 'the board: put this one away until something happens' },
  },
  async run({ settings, flags, show }) {
    if (flags.read && flags.archive) throw new UsageError('--read and --archive exclude each other: what is put away counts as read');
    if (flags.archive) {
      const { archiveFromInbox } = await ask(settings, ArchiveFromInboxMutation, { input: await subject(settings, flags.archive) });
      return show(archiveFromInbox, () => `put away ${nameOf(archiveFromInbox)}`);
    }
    if (flags.read) {
      const { markRead } = await ask(settings, MarkReadMutation, { input: await subject(settings, flags.read) });
      return show(markRead, () => `read ${nameOf(markRead)}`);
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

/** What is meant: an approval has an id only, an issue has a name too. */
async function subject(settings: Settings, ref: string): Promise<{ issueId: string } | { approvalId: string }> {
  const { approval } = await ask(settings, SubjectQuery, { id: ref });
  return approval ? { approvalId: approval.id } : { issueId: await issueId(settings, ref) };
}

const nameOf = ({ issue, approval }: { issue: { identifier: string } | null; approval: { title: string } | null }): string => issue?.identifier ?? plain(approval?.title ?? '');

/** The agent that asks; null for the board. */
async function ownAgent(settings: Settings): Promise<string | null> {
  const { viewer } = await ask(settings, MyAgentQuery, {});
  return viewer.agent?.id ?? null;
}

type BoardItem = NonNullable<BoardInboxQuery['inbox']>['nodes'][number];

function boardTable(items: BoardItem[]): string {
  if (items.length === 0) return dim('nothing wants a look');
  return columns(items.map(({ issue, approval, isUnread, events }) => {
    const [newest] = events;
    const mark = isUnread ? '*' : ' ';
    if (approval) return [mark, bold(approval.id), approval.type, approval.status, `${plain(approval.title)}  ${dim(plain(approval.requestedBy.name))}`];
    const about = newest?.comment?.body ?? newest?.interaction?.title ?? newest?.recovery?.nextAction ?? (newest?.run ? `run #${newest.run.number}` : '');
    return [mark, bold(issue?.identifier ?? ''), events.map(({ reason }) => reason).join(','), issue?.status ?? '', `${plain(issue?.title ?? '')}  ${dim(plain(about).replace(/\s+/g, ' ').slice(0, 80))}`];
  }));
}
