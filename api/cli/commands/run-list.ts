import { ask } from '../ask.ts';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { bold, columns, dim, plain } from '../print.ts';
import { agentId, companyId, issueId } from '../refs.ts';

const RunListQuery = graphql(`
  query RunList($company: String!, $first: Int!, $filter: RunFilter) {
    company(ref: $company) {
      runs(first: $first, filter: $filter) {
        nodes { id number status reason queuedAt startedAt finishedAt agent { name } issue { identifier } error { code message } }
      }
    }
  }
`);

export const command = defineCommand({
  usage: 'run list [options]',
  about: 'Runs of the company, newest first.',
  args: 0,
  flags: {
    agent: { type: 'string', value: 'NAME', about: 'of this agent, by name, id or me' },
    issue: { type: 'string', value: 'ISSUE', about: 'on this issue' },
    live: { type: 'boolean', about: 'only what is queued or running' },
    first: { type: 'string', value: 'N', about: 'how many, at most 100 (25)' },
  },
  async run({ settings, flags, show }) {
    const { company } = await ask(settings, RunListQuery, {
      company: await companyId(settings),
      first: count('--first', flags.first ?? '25'),
      filter: {
        agentId: flags.agent ? await agentId(settings, flags.agent) : null,
        issueId: flags.issue ? await issueId(settings, flags.issue) : null,
        live: flags.live ?? null,
      },
    });
    const runs = company?.runs.nodes ?? [];
    show(runs, () =>
      runs.length === 0
        ? dim('no runs')
        : columns(
            runs.map((run) => [
              bold(`#${run.number}`),
              run.status,
              plain(run.agent.name),
              run.issue?.identifier ?? '-',
              plain(run.error?.code ?? run.reason ?? ''),
              dim(run.id),
            ]),
          ),
    );
  },
});
