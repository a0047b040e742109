import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { deliveryTable } from '../notification.ts';

const RetryMutation = graphql(`
  mutation RetryNotificationDelivery($id: ID!) {
    retryNotificationDelivery(input: { deliveryId: $id }) { ...DeliveryRow }
  }
`);

export const command = defineCommand({
  usage: 'notification retry MESSAGE',
  about: 'Sends a message now that was given up, cancelled or waits for its next attempt, for the board.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const [id] = args;
    if (!id) throw new UsageError('name a message by its id; boardroom notification log shows them');
    const { retryNotificationDelivery: delivery } = await ask(settings, RetryMutation, { id });
    show(delivery, () => deliveryTable([delivery]));
  },
});
