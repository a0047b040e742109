import { builder } from '../../builder.ts';
import { CompanyRef } from '../../company/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { described } from '../../shared/enums.ts';
import { listOf } from '../../shared/listing.ts';
import { Node } from '../../shared/node.ts';
import { deliveriesOf, deliveryConditions, targetById, targetsOfCompany } from '../reads.ts';
import { NotificationDeliveryRef, NotificationTargetRef } from '../ref.ts';

export const NotificationChannelEnum = described('NotificationChannel', 'By what somebody is notified.', {
  WEBHOOK: 'A POST of JSON to an address, signed.', EMAIL: 'Mail to one mailbox. Needs BOARDROOM_SMTP_URL and BOARDROOM_MAIL_FROM.',
});
export const NotificationEventEnum = described('NotificationEvent', 'What somebody is notified of.', {
  APPROVAL_WAITING: 'Something waits for the decision of the board, for the first time or resubmitted.', BUDGET_WARNING: 'A budget has reached its warning.',
  BUDGET_STOPPED: 'A budget is used up and has stopped what it covers.', BREAKER_TRIPPED: 'A circuit breaker has paused an agent.',
  RUN_FAILED: 'A run failed or timed out, and nothing tries it again.', TEST: 'Asked for with testNotificationTarget. No target can wish for it.',
});
const DeliveryStatusEnum = described('NotificationDeliveryStatus', 'What became of a message.', {
  PENDING: 'It is sent, or waits for its next attempt.', DELIVERED: 'The receiver took it: it answered with a status of 200 to 299, or the mail server accepted it.',
  FAILED: 'Given up after its last attempt.', CANCELLED: 'Its target was disabled before it arrived.',
});

const NotificationDeliveryConnection = connectionOf(NotificationDeliveryRef, 'NotificationDelivery');
const NotificationTargetConnection = connectionOf(NotificationTargetRef, 'NotificationTarget');
const NotificationDeliveryFilter = builder.inputType('NotificationDeliveryFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [DeliveryStatusEnum], description: 'In one of these.' }),
    events: t.field({ type: [NotificationEventEnum], description: 'Of one of these.' }),
  }),
});

NotificationTargetRef.implement({
  description: 'Somebody outside of Boardroom who is told what happens in a company. For the board’s eyes.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    channel: t.expose('channel', { type: NotificationChannelEnum, description: 'By what it is told.' }),
    address: t.exposeString('address', { description: 'The address of a webhook, or a mailbox.' }),
    events: t.expose('events', { type: [NotificationEventEnum], description: 'What it is told of.' }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether it is told anything. After 20 messages in a row that were given up it is disabled by itself; see failedInRow.' }),
    failedInRow: t.exposeInt('failedInRow', { description: 'Messages that were given up since one arrived, or since it was enabled.' }),
    keyVersion: t.exposeInt('keyVersion', { description: 'Counts up when the key that signs is replaced. The key itself is shown only then.' }),
    deliveries: t.field({
      type: NotificationDeliveryConnection, complexity: listComplexity, description: 'The messages to it, newest first. Those that are done with are kept for 90 days.',
      args: { ...pageArgs(), filter: t.arg({ type: NotificationDeliveryFilter, description: 'Which.' }) },
      resolve: (target, args, ctx) => listOf(ctx, deliveriesOf.target, target.id, args, deliveryConditions(args.filter)),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});

NotificationDeliveryRef.implement({
  description: 'One message to one target, and what became of it. For the board’s eyes.',
  interfaces: [Node],
  fields: (t) => ({
    target: t.field({ type: NotificationTargetRef, description: 'To whom.', resolve: async (delivery, _args, ctx) => (await ctx.loading.load(targetById, delivery.targetId)) as never }),
    event: t.expose('event', { type: NotificationEventEnum, description: 'What it tells of.' }),
    subject: t.exposeString('subject', { description: 'Names the happening: the same is told to a target once.' }),
    payload: t.expose('payload', { type: 'JSON', description: 'What it says of it, as in `data` of a webhook.' }),
    status: t.expose('status', { type: DeliveryStatusEnum, description: 'What became of it.' }),
    attempts: t.exposeInt('attempts', { description: 'Attempts so far, the present one among them. At most 12 within 20 hours; a test is tried once.' }),
    nextAttemptAt: t.expose('nextAttemptAt', { type: 'DateTime', nullable: true, description: 'When it is tried next, unless the present attempt succeeds; null when it is done with.' }),
    lastAttemptAt: t.expose('lastAttemptAt', { type: 'DateTime', nullable: true, description: 'When the last attempt began; null before the first.' }),
    lastStatus: t.exposeInt('lastStatus', { nullable: true, description: 'The status that the last answer came with: of HTTP, or of SMTP; null without an answer.' }),
    lastError: t.exposeString('lastError', { nullable: true, description: 'What went wrong at the last attempt that failed, with the first 200 characters of the answer.' }),
    deliveredAt: t.expose('deliveredAt', { type: 'DateTime', nullable: true, description: 'When it arrived.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
  }),
});

builder.objectFields(CompanyRef, (t) => ({
  notificationTargets: t.field({
    type: NotificationTargetConnection, args: pageArgs(), complexity: listComplexity, authScopes: { board: true }, description: 'Who is notified of what happens in it, oldest first. Board only.',
    resolve: (company, args, ctx) => listOf(ctx, targetsOfCompany, company.id, args),
  }),
  notificationDeliveries: t.field({
    type: NotificationDeliveryConnection, complexity: listComplexity, authScopes: { board: true }, description: 'All messages to its targets, newest first. Board only.',
    args: { ...pageArgs(), filter: t.arg({ type: NotificationDeliveryFilter, description: 'Which.' }) },
    resolve: (company, args, ctx) => listOf(ctx, deliveriesOf.company, company.id, args, deliveryConditions(args.filter)),
  }),
}));
