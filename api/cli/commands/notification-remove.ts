import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { targetId } from '../notification.ts';
import { plain } from '../print.ts';

const RemoveMutation = graphql(`
  mutation RemoveNotificationTarget($id: ID!) {
    removeNotificationTarget(input: { targetId: $id }) { ...TargetRow }
  }
`);

export const command = defineCommand({
  usage: 'notification remove TARGET',
  about: 'Forgets a target and the log of its messages, for the board.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const { removeNotificationTarget: target } = await ask(settings, RemoveMutation, { id: await targetId(settings, args[0]) });
    show(target, () => `${plain(target.name)} is told no more`);
  },
});
