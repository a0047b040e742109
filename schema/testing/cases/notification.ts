import type { MutationCase } from '../mutations.ts';

export const notificationCases: Record<string, MutationCase> = {
  createNotificationTarget: {
    input: ({ company }) => ({ companyId: company.id, name: 'New', channel: 'WEBHOOK', address: 'https://hooks.test/new', events: ['RUN_FAILED'] }), records: ['notificationTarget.created'],
  },
  updateNotificationTarget: { input: ({ notificationTarget }) => ({ targetId: notificationTarget.id, name: 'Changed' }), records: ['notificationTarget.updated'] },
  removeNotificationTarget: { input: ({ notificationTarget }) => ({ targetId: notificationTarget.id }), records: ['notificationTarget.removed'] },
  rotateNotificationKey: { input: ({ notificationTarget }) => ({ targetId: notificationTarget.id }), records: ['notificationTarget.keyRotated'] },
  testNotificationTarget: { input: ({ notificationTarget }) => ({ targetId: notificationTarget.id }), records: ['notificationTarget.tested'] },
  retryNotificationDelivery: {
    prepare: ({ db }, { notificationDelivery }) => db.prisma.notificationDelivery.update({ where: { id: notificationDelivery.id }, data: { status: 'FAILED', nextAttemptAt: null } }),
    input: ({ notificationDelivery }) => ({ deliveryId: notificationDelivery.id }), records: ['notification.retried'],
  },
};
