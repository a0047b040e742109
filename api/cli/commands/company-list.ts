import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { bold, columns, dim, plain } from '../print.ts';

const CompanyListQuery = graphql(`
  query CompanyList {
    companies(first: 100) { nodes { id name prefix status } }
  }
`);

export const command = defineCommand({
  usage: 'company list',
  about: 'The companies that the key can see.',
  args: 0,
  flags: {},
  async run({ settings, show }) {
    const { companies } = await ask(settings, CompanyListQuery, {});
    const rows = companies.nodes.map(({ id, name, prefix, status }) => [bold(prefix), status, plain(name), dim(id)]);
    show(companies.nodes, () => (rows.length > 0 ? columns(rows) : dim('no companies')));
  },
});
