import { builder } from '../../builder.ts';
import { checkedIds } from '../../shared/lookup.ts';
import { createNotificationTarget } from '../commands/create-target.ts';
import { removeNotificationTarget } from '../commands/remove-target.ts';
import { retryNotificationDelivery } from '../commands/retry-delivery.ts';
import { rotateNotificationKey } from '../commands/rotate-key.ts';
import type { TargetWithKey } from '../commands/target.ts';
import { testNotificationTarget } from '../commands/test-target.ts';
import { updateNotificationTarget } from '../commands/update-target.ts';
import { NotificationDeliveryRef, NotificationTargetRef } from '../ref.ts';
import { NotificationChannelEnum, NotificationEventEnum } from './type.ts';

function withKey(name: string, description: string) {
  return builder.objectRef<TargetWithKey>(name).implement({
    description,
    fields: (t) => ({
      target: t.expose('target', { type: NotificationTargetRef, description: 'The target.' }),
      signingKey: t.exposeString('signingKey', { nullable: true, description: 'The key of its signatures, shown this once; null for mail, which is not signed.' }),
    }),
  });
}
const CreatePayload = withKey('CreateNotificationTargetPayload', 'A new target.');
const RotatePayload = withKey('RotateNotificationKeyPayload', 'A target with a new key.');

const CreateNotificationTargetInput = builder.inputType('CreateNotificationTargetInput', {
  description: 'Who is told of what.',
  fields: (t) => ({
    companyId: t.id({ required: true, description: 'In which company.' }),
    name: t.string({ required: true, description: 'What it is called, 1 to 120 characters.' }),
    channel: t.field({ type: NotificationChannelEnum, required: true, description: 'By what. Cannot be changed.' }),
    address: t.string({ required: true, description: 'The https or http address of a webhook, up to 2,000 characters and without user or password; or one mailbox. Each only once in a company.' }),
    events: t.field({ type: [NotificationEventEnum], required: true, description: 'Of what, at least one.' }),
  }),
});
const UpdateNotificationTargetInput = builder.inputType('UpdateNotificationTargetInput', {
  description: 'What changes; absent stays.',
  fields: (t) => ({
    targetId: t.id({ required: true, description: 'The target.' }),
    name: t.string({ description: 'What it is called, 1 to 120 characters.' }),
    address: t.string({ description: 'The address of its channel.' }),
    events: t.field({ type: [NotificationEventEnum], description: 'Of what it is told, at least one.' }),
    enabled: t.boolean({ description: 'Whether it is told anything. What waits for a target that is disabled is cancelled.' }),
  }),
});
const onTarget = (name: string, description: string) =>
  builder.inputType(name, { description, fields: (t) => ({ targetId: t.id({ required: true, description: 'The target.' }) }) });
const RemoveNotificationTargetInput = onTarget('RemoveNotificationTargetInput', 'Who is told no more.');
const RotateNotificationKeyInput = onTarget('RotateNotificationKeyInput', 'Whose key is replaced.');
const TestNotificationTargetInput = onTarget('TestNotificationTargetInput', 'Who is sent a test.');
const RetryNotificationDeliveryInput = builder.inputType('RetryNotificationDeliveryInput', {
  description: 'What is sent again.',
  fields: (t) => ({ deliveryId: t.id({ required: true, description: 'The message.' }) }),
});

builder.mutationFields((t) => ({
  createNotificationTarget: t.field({
    type: CreatePayload,
    description: 'Adds somebody outside who is told what happens. A webhook gets the key that its messages are signed with, this once. RULE_VIOLATION where no mail can be sent, or where the address is of a private network and BOARDROOM_NOTIFY_PRIVATE is not set; CONFLICT where the address is taken. Board only.',
    args: { input: t.arg({ type: CreateNotificationTargetInput, required: true, description: 'The target.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createNotificationTarget(tx, by, ctx.notifications, checkedIds(input))),
  }),
  updateNotificationTarget: t.field({
    type: NotificationTargetRef, description: 'Changes who is told of what. Refused like createNotificationTarget. Board only.',
    args: { input: t.arg({ type: UpdateNotificationTargetInput, required: true, description: 'What.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => updateNotificationTarget(tx, by, ctx.notifications, checkedIds(input))),
  }),
  removeNotificationTarget: t.field({
    type: NotificationTargetRef, description: 'Forgets a target and the log of its messages. Answers it as it was. Board only.',
    args: { input: t.arg({ type: RemoveNotificationTargetInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => removeNotificationTarget(tx, by, checkedIds(input))),
  }),
  rotateNotificationKey: t.field({
    type: RotatePayload, description: 'Replaces the key that the webhooks of a target are signed with; the former ends at once. RULE_VIOLATION for mail. Board only.',
    args: { input: t.arg({ type: RotateNotificationKeyInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => rotateNotificationKey(tx, by, checkedIds(input))),
  }),
  testNotificationTarget: t.field({
    type: NotificationDeliveryRef, description: 'Sends a message of no meaning, tried once, also to a target that is disabled. Look at it again by its id to see what became of it. Board only.',
    args: { input: t.arg({ type: TestNotificationTargetInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => testNotificationTarget(tx, by, checkedIds(input))),
  }),
  retryNotificationDelivery: t.field({
    type: NotificationDeliveryRef,
    description: 'Sends a message now that was given up, was cancelled or waits for its next attempt. Nothing changes where it is being sent. RULE_VIOLATION where it has arrived, or its target is disabled. Board only.',
    args: { input: t.arg({ type: RetryNotificationDeliveryInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => retryNotificationDelivery(tx, by, checkedIds(input))),
  }),
}));
