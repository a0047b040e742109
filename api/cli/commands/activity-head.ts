import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { dim } from '../print.ts';
import { companyId } from '../refs.ts';

const ActivityHeadQuery = graphql(`
  query ActivityHead($company: String!) {
    company(ref: $company) { id prefix activityHead { number hash sealedAt } }
  }
`);

export const command = defineCommand({
  usage: 'activity head',
  about: 'The hash that stands for the whole sealed log of the company. Keep it where nobody with the database can change it, and give it to\n`boardroom activity verify --head` later: it also shows a log that was rewritten with all of its seals.',
  args: 0,
  flags: {},
  async run({ settings, show }) {
    const { company } = await ask(settings, ActivityHeadQuery, { company: await companyId(settings) });
    const head = company?.activityHead ?? null;
    show(head && { company: company?.id, prefix: company?.prefix, ...head }, () => (head ? head.hash : dim('nothing is sealed yet')));
  },
});
