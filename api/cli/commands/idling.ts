import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { moment } from '../money.ts';
import { bold, columns, dim, dollars, plain } from '../print.ts';
import { companyId } from '../refs.ts';

const IdlingQuery = graphql(`
  query IdlingOfCompany($company: String!, $since: DateTime) {
    company(ref: $company) {
      idling(since: $since) { dueCount skippedCount runCount unknownCount tokensSaved savedImputedMicros basis }
      agents(first: 100) { nodes { id name idling(since: $since) { dueCount skippedCount runCount tokensSaved savedImputedMicros basis } } }
    }
  }
`);

const BASES = { TIMER_RUNS: 'by its heartbeats', ALL_RUNS: 'by its other runs', MIXED: 'by both', NONE: '' } as const;
const money = (micros: string | null | undefined) => (micros ? dollars(micros) : '-');

export const command = defineCommand({
  usage: 'idling [--since TIME]',
  about: 'Heartbeats that were answered from the database because there was nothing to do, and what that saved. A week when no time is given.',
  args: 0,
  flags: { since: { type: 'string', value: 'TIME', about: '7d or 12h ago, a date, or a time as 2026-01-31T12:00:00Z' } },
  async run({ settings, flags, show }) {
    const since = flags.since ? moment('--since', flags.since) : null;
    const { company } = await ask(settings, IdlingQuery, { company: await companyId(settings), since });
    const agents = (company?.agents.nodes ?? []).filter(({ idling }) => idling.dueCount > 0);
    const data = company && { ...company.idling, agents: agents.map(({ id, name, idling }) => ({ id, name, ...idling })) };
    show(data, () => !company || agents.length === 0 ? dim('no heartbeat has fallen due') : columns([
      [dim('agent'), dim('due'), dim('skipped'), dim('run'), dim('tokens saved'), dim('worth'), ''],
      ...agents.map(({ name, idling }) => [bold(plain(name)), String(idling.dueCount), String(idling.skippedCount), String(idling.runCount), idling.tokensSaved, money(idling.savedImputedMicros), dim(BASES[idling.basis])]),
      ['all', String(company.idling.dueCount), String(company.idling.skippedCount), String(company.idling.runCount), company.idling.tokensSaved, money(company.idling.savedImputedMicros),
        company.idling.unknownCount > 0 ? dim(`${company.idling.unknownCount} more of agents that never told what they use`) : ''],
    ]));
  },
});
