import { ask } from '../ask.ts';
import { chooseMany, count, issueStatuses, priorities } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import type { IssueFilter } from '../generated/graphql.ts';
import { issueTable } from '../issue-row.ts';
import { dim } from '../print.ts';
import { agentId, companyId, issueId, projectId } from '../refs.ts';

const IssueListQuery = graphql(`
  query IssueList($company: String!, $first: Int!, $after: Cursor, $filter: IssueFilter) {
    company(ref: $company) {
      issues(first: $first, after: $after, filter: $filter, orderBy: { field: UPDATED_AT, direction: DESC }) {
        nodes { ...IssueRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const command = defineCommand({
  usage: 'issue list [options]',
  about: 'Issues of the company, last changed first.',
  args: 0,
  flags: {
    status: { type: 'string', value: 'STATUS,…', about: 'only these, such as todo,in-progress' },
    priority: { type: 'string', value: 'PRIORITY,…', about: 'only these, such as critical,high' },
    assignee: { type: 'string', value: 'NAME', about: 'of this agent, by name, id or me' },
    project: { type: 'string', value: 'NAME', about: 'of this project, by name or id' },
    parent: { type: 'string', value: 'ISSUE', about: 'children of this issue' },
    text: { type: 'string', value: 'TEXT', about: 'with these words in title or description' },
    first: { type: 'string', value: 'N', about: 'how many, at most 100 (25)' },
    after: { type: 'string', value: 'CURSOR', about: 'go on after this cursor' },
  },
  async run({ settings, flags, show }) {
    const filter: IssueFilter = {};
    if (flags.status) filter.statuses = chooseMany('--status', issueStatuses, flags.status);
    if (flags.priority) filter.priorities = chooseMany('--priority', priorities, flags.priority);
    if (flags.assignee) filter.assigneeId = await agentId(settings, flags.assignee);
    if (flags.project) filter.projectId = await projectId(settings, flags.project);
    if (flags.parent) filter.parentId = await issueId(settings, flags.parent);
    if (flags.text) filter.text = flags.text;
    const first = count('--first', flags.first ?? '25');
    const company = await companyId(settings);
    const found = await ask(settings, IssueListQuery, { company, first, after: flags.after ?? null, filter });
    const page = found.company?.issues;
    const more = page?.pageInfo.hasNextPage ? `\n${dim(`more: --after ${page.pageInfo.endCursor}`)}` : '';
    show(page, () => issueTable(page?.nodes ?? []) + more);
  },
});
