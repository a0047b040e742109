import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { targetId } from '../notification.ts';
import { bold, plain } from '../print.ts';

const RotateMutation = graphql(`
  mutation RotateNotificationKey($id: ID!) {
    rotateNotificationKey(input: { targetId: $id }) { signingKey target { ...TargetRow } }
  }
`);

export const command = defineCommand({
  usage: 'notification rotate TARGET',
  about: 'Replaces the key that signs the webhooks of a target, for the board. The former ends at once; the new one is shown this once.',
  args: 1,
  flags: {},
  async run({ settings, args, show }) {
    const { rotateNotificationKey: made } = await ask(settings, RotateMutation, { id: await targetId(settings, args[0]) });
    show(made, () => `${plain(made.target.name)}: signing key ${bold(made.signingKey ?? '')} (not shown again)`);
  },
});
