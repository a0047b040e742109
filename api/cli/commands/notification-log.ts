import { ask } from '../ask.ts';
import { chooseMany, count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import type { NotificationDeliveryStatus } from '../generated/graphql.ts';
import { deliveryTable, targetId } from '../notification.ts';
import { companyId } from '../refs.ts';

const LogQuery = graphql(`
  query NotificationLog($company: String!, $first: Int!, $filter: NotificationDeliveryFilter) {
    company(ref: $company) { notificationDeliveries(first: $first, filter: $filter) { nodes { ...DeliveryRow } } }
  }
`);
const TargetLogQuery = graphql(`
  query NotificationTargetLog($id: ID!, $first: Int!, $filter: NotificationDeliveryFilter) {
    node(id: $id) { ... on NotificationTarget { deliveries(first: $first, filter: $filter) { nodes { ...DeliveryRow } } } }
  }
`);
const statuses = ['PENDING', 'DELIVERED', 'FAILED', 'CANCELLED'] as const satisfies NotificationDeliveryStatus[];

export const command = defineCommand({
  usage: 'notification log [TARGET] [options]',
  about: 'Messages of the company or to one target, newest first, and what became of them.',
  args: 1,
  flags: {
    status: { type: 'string', value: 'LIST', about: `only these, separated by commas: ${statuses.join(', ')}` },
    first: { type: 'string', value: 'N', about: 'how many, at most 100 (25)' },
  },
  async run({ settings, flags, args, show }) {
    const first = count('--first', flags.first ?? '25');
    const filter = flags.status === undefined ? {} : { statuses: chooseMany('--status', statuses, flags.status) };
    const deliveries = await read();
    show(deliveries, () => deliveryTable(deliveries));

    async function read() {
      if (args[0] === undefined) {
        const { company } = await ask(settings, LogQuery, { company: await companyId(settings), first, filter });
        return company?.notificationDeliveries.nodes ?? [];
      }
      const { node } = await ask(settings, TargetLogQuery, { id: await targetId(settings, args[0]), first, filter });
      return node && 'deliveries' in node ? node.deliveries.nodes : [];
    }
  },
});
