import { filterFlags, filterOf } from '../activity.ts';
import { ask } from '../ask.ts';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { bold, columns, dim, plain } from '../print.ts';
import { companyId } from '../refs.ts';

const ActivityListQuery = graphql(`
  query ActivityList($company: String!, $first: Int!, $filter: ActivityFilter) {
    company(ref: $company) {
      activity(first: $first, filter: $filter) {
        nodes {
          id cursor at action entityType entityId details
          actor { __typename ... on User { name } ... on Agent { name } ... on System { name } }
          run { id number } issue { id identifier }
          entity { __typename ... on Agent { name } ... on BreakerTrip { agent { name } } ... on AgentGrant { agent { name } } ... on AgentRevision { agent { name } } ... on Run { agent { name } } ... on Wakeup { agent { name } } }
        }
      }
    }
  }
`);

export const command = defineCommand({
  usage: 'activity list [options]',
  about: 'Who did what in the company, newest first.',
  args: 0,
  flags: { ...filterFlags, first: { type: 'string', value: 'N', about: 'how many, at most 100 (25)' } },
  async run({ settings, flags, show }) {
    const { company } = await ask(settings, ActivityListQuery, {
      company: await companyId(settings), first: count('--first', flags.first ?? '25'), filter: await filterOf(settings, flags),
    });
    const rows = company?.activity.nodes ?? [];
    show(rows, () =>
      rows.length === 0
        ? dim('nothing')
        : columns(rows.map((row) => [dim(String(row.at)), plain(row.actor.name), bold(plain(row.action)), plain(subjectOf(row)), dim(said(row.details))])),
    );
  },
});

/** What it is about: an issue by its name, else an agent by its own. */
export function subjectOf({ issue, entity }: { issue: { identifier: string } | null; entity: { __typename: string; name?: string; agent?: { name: string } } | null }): string {
  return issue?.identifier ?? entity?.agent?.name ?? entity?.name ?? '-';
}

/** Details in a line: the plain ones, cut where they get long. */
function said(details: unknown): string {
  const parts = Object.entries(details as Record<string, unknown>).flatMap(([name, value]) => (value === null ? [] : [`${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`]));
  const text = plain(parts.join(', ').replaceAll(/\s+/g, ' '));
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
