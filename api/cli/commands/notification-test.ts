import { ask } from '../ask.ts';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { deliveryTable, targetId, whenDone } from '../notification.ts';

const TestMutation = graphql(`
  mutation TestNotificationTarget($id: ID!) {
    testNotificationTarget(input: { targetId: $id }) { id }
  }
`);

export const command = defineCommand({
  usage: 'notification test TARGET',
  about: 'Sends a message of no meaning, tried once, and waits for what becomes of it, for the board. Anything but DELIVERED ends with 1.',
  args: 1,
  flags: { seconds: { type: 'string', value: 'N', about: 'how long to wait (25)' } },
  async run({ settings, flags, args, show }) {
    const seconds = count('--seconds', flags.seconds ?? '25');
    const { testNotificationTarget: { id } } = await ask(settings, TestMutation, { id: await targetId(settings, args[0]) });
    const delivery = await whenDone(settings, id, seconds);
    show(delivery, () => deliveryTable([delivery]));
    return delivery.status === 'DELIVERED' ? exitCodes.done : exitCodes.failed;
  },
});
