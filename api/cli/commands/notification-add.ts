import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { eventsAbout, eventsOf, targetTable } from '../notification.ts';
import { bold } from '../print.ts';
import { companyId } from '../refs.ts';

const AddMutation = graphql(`
  mutation AddNotificationTarget($input: CreateNotificationTargetInput!) {
    createNotificationTarget(input: $input) { signingKey target { ...TargetRow } }
  }
`);

/** What begins as an address of the net does is meant as one, and is refused as one where webhooks cannot go there. */
export const channelOf = (address: string): 'WEBHOOK' | 'EMAIL' => (/^[a-z][\w+.-]*:/i.test(address) ? 'WEBHOOK' : 'EMAIL');

export const command = defineCommand({
  usage: 'notification add NAME ADDRESS [--events LIST]',
  about: 'Has somebody told what happens, for the board. An address on the web gets webhooks, and the key that signs them is shown this once; a mailbox gets mail.',
  args: 2,
  flags: { events: { type: 'string', value: 'LIST', about: `${eventsAbout} (all)` } },
  async run({ settings, flags, args, show }) {
    const [name, address] = args;
    if (!name || !address) throw new UsageError('give a name, and an address on the web or a mailbox');
    const input = { companyId: await companyId(settings), name, address, channel: channelOf(address), events: eventsOf(flags.events) };
    const { createNotificationTarget: made } = await ask(settings, AddMutation, { input });
    show(made, () => [targetTable([made.target]), ...(made.signingKey ? [`signing key ${bold(made.signingKey)} (not shown again)`] : [])].join('\n'));
  },
});
