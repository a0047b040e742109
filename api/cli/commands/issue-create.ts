import { randomUUID } from 'node:crypto';
import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { choose, issueStatuses, priorities } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { CreateIssueInput } from '../generated/graphql.ts';
import { issueTable } from '../issue-row.ts';
import { agentId, companyId, issueId, issueIds, labelIds, projectId } from '../refs.ts';

const CreateIssueMutation = graphql(`
  mutation CreateIssue($input: CreateIssueInput!) {
    createIssue(input: $input) { ...IssueRow }
  }
`);

export const command = defineCommand({
  usage: 'issue create TITLE [options]',
  about: 'Files an issue. One with an assignee is to be done at once, and wakes them when nothing blocks it.',
  args: 1,
  flags: {
    description: { type: 'string', short: 'd', value: 'TEXT', about: 'what is wanted; - reads standard input' },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the description from a file, or - ' },
    assignee: { type: 'string', value: 'NAME', about: 'agent, by name, id or me' },
    parent: { type: 'string', value: 'ISSUE', about: 'issue that this is a part of' },
    'blocked-by': { type: 'string', value: 'ISSUE,…', about: 'issues that must be done first' },
    project: { type: 'string', value: 'NAME', about: 'project, by name or id' },
    label: { type: 'string', value: 'NAME,…', about: 'labels, by name or id' },
    goal: { type: 'string', value: 'ID', about: 'goal that it serves' },
    priority: { type: 'string', value: 'PRIORITY', about: priorities.join(', ') },
    status: { type: 'string', value: 'STATUS', about: 'BACKLOG parks it; the default depends on the assignee' },
    'billing-code': { type: 'string', value: 'CODE', about: 'inherited from the parent unless given' },
    key: { type: 'string', value: 'KEY', about: 'asked again with the same key, the same issue comes back' },
  },
  async run({ settings, flags, args, show }) {
    const title = args[0];
    if (!title) throw new UsageError('give the issue a title');
    const input: CreateIssueInput = {
      companyId: await companyId(settings),
      title,
      idempotencyKey: flags.key ?? randomUUID(),
    };
    const description = await readBody(flags.description, flags.file);
    if (description !== undefined) input.description = description;
    if (flags.assignee) input.assigneeId = await agentId(settings, flags.assignee);
    if (flags.parent) input.parentId = await issueId(settings, flags.parent);
    if (flags['blocked-by']) input.blockedByIds = await issueIds(settings, flags['blocked-by']);
    if (flags.project) input.projectId = await projectId(settings, flags.project);
    if (flags.label) input.labelIds = await labelIds(settings, flags.label);
    if (flags.goal) input.goalId = flags.goal;
    if (flags.priority) input.priority = choose('--priority', priorities, flags.priority);
    if (flags.status) input.status = choose('--status', issueStatuses, flags.status);
    if (flags['billing-code']) input.billingCode = flags['billing-code'];
    const { createIssue } = await ask(settings, CreateIssueMutation, { input });
    show(createIssue, () => issueTable([createIssue]));
  },
});
