import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { choose, issueStatuses, priorities } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { UpdateIssueInput } from '../generated/graphql.ts';
import { issueTable } from '../issue-row.ts';
import { agentId, issueId, projectId } from '../refs.ts';

const UpdateIssueMutation = graphql(`
  mutation UpdateIssue($input: UpdateIssueInput!) {
    updateIssue(input: $input) {
      __typename
      ... on Issue { ...IssueRow }
      ...ConflictFields
    }
  }
`);

export const command = defineCommand({
  usage: 'issue update [ISSUE] [options]',
  about: 'Changes an issue. Finish one with --status done --comment "what was done".',
  args: 1,
  flags: {
    status: { type: 'string', value: 'STATUS', about: 'such as done, in-review, blocked' },
    comment: { type: 'string', value: 'TEXT', about: 'say why, in the same step; - reads standard input' },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the comment from a file, or -' },
    title: { type: 'string', value: 'TEXT', about: 'new title' },
    description: { type: 'string', short: 'd', value: 'TEXT', about: 'new description' },
    priority: { type: 'string', value: 'PRIORITY', about: priorities.join(', ') },
    assignee: { type: 'string', value: 'NAME', about: 'agent, by name, id or me; none for nobody' },
    project: { type: 'string', value: 'NAME', about: 'project, by name or id; none for none' },
    parent: { type: 'string', value: 'ISSUE', about: 'issue that this is a part of; none for none' },
  },
  async run({ settings, flags, args, show }) {
    const input: UpdateIssueInput = { issueId: await issueId(settings, args[0]) };
    if (flags.status) input.status = choose('--status', issueStatuses, flags.status);
    if (flags.title) input.title = flags.title;
    if (flags.description !== undefined) input.description = flags.description;
    if (flags.priority) input.priority = choose('--priority', priorities, flags.priority);
    if (flags.assignee) input.assigneeId = await orNone(flags.assignee, (name) => agentId(settings, name));
    if (flags.project) input.projectId = await orNone(flags.project, (name) => projectId(settings, name));
    if (flags.parent) input.parentId = await orNone(flags.parent, (ref) => issueId(settings, ref));
    const comment = await readBody(flags.comment, flags.file);
    if (comment !== undefined) input.comment = comment;
    if (Object.keys(input).length === 1) throw new UsageError('say what to change');
    const { updateIssue } = await ask(settings, UpdateIssueMutation, { input }, { once: comment !== undefined });
    const issue = orConflict(updateIssue, 'Issue');
    show(issue, () => issueTable([issue]));
  },
});

async function orNone(given: string, find: (given: string) => Promise<string>): Promise<string | null> {
  return given === 'none' ? null : find(given);
}
