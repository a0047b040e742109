import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { eventsAbout, eventsOf, targetId, targetTable } from '../notification.ts';

const ChangeMutation = graphql(`
  mutation ChangeNotificationTarget($input: UpdateNotificationTargetInput!) {
    updateNotificationTarget(input: $input) { ...TargetRow }
  }
`);

export const command = defineCommand({
  usage: 'notification change TARGET [options]',
  about: 'Changes who is told of what, for the board.',
  args: 1,
  flags: {
    name: { type: 'string', about: 'what it is called' },
    address: { type: 'string', about: 'the address of a webhook, or the mailbox' },
    events: { type: 'string', value: 'LIST', about: eventsAbout },
    enable: { type: 'boolean', about: 'tell it again' },
    disable: { type: 'boolean', about: 'tell it nothing; what waits for it is cancelled' },
  },
  async run({ settings, flags, args, show }) {
    if (flags.enable && flags.disable) throw new UsageError('either --enable or --disable');
    const { name, address } = flags;
    const changed = {
      ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }), ...(flags.events === undefined ? {} : { events: eventsOf(flags.events) }),
      ...(flags.enable ? { enabled: true } : {}), ...(flags.disable ? { enabled: false } : {}),
    };
    if (Object.keys(changed).length === 0) throw new UsageError('say what changes');
    const { updateNotificationTarget: target } = await ask(settings, ChangeMutation, { input: { targetId: await targetId(settings, args[0]), ...changed } });
    show(target, () => targetTable([target]));
  },
});
