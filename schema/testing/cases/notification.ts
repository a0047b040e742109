import type { MutationCase } from '../mutations.ts';

export const notificationCases: Record<string, MutationCase> = {
  createNotificationTarget: {
    who: 'board', input: ({ company }) => ({ companyId: company.id, name: 'New', channel: 'WEBHOOK', address: 'https://hooks.test/new', events: ['RUN_FAILED'] }), records: ['notificationTarget.created'],
  },
  updateNotificationTarget: { who: 'board', input: ({ notificationTarget }) => ({ targetId: notificationTarget.id, name: 'Changed' }), records: ['notificationTarget.updated'] },
  removeNotificationTarget: { who: 'board', input: ({ notificationTarget }) => ({ targetId: notificationTarget.id }), records: ['notificationTarget.removed'] },
  rotateNotificationKey: { who: 'board', input: ({ notificationTarget }) => ({ targetId: notificationTarget.id }), records: ['notificationTarget.keyRotated'] },
  testNotificationTarget: { who: 'board', input: ({ notificationTarget }) => ({ targetId: notificationTarget.id }), records: ['notificationTarget.tested'] },
  retryNotificationDelivery: {
    who: 'board', prepare: ({ db }, { notificationDelivery }) => db.prisma.notificationDelivery.update({ where: { id: notificationDelivery.id }, data: { status: 'FAILED', nextAttemptAt: null } }),
    input: ({ notificationDelivery }) => ({ deliveryId: notificationDelivery.id }), records: ['notification.retried'],
  },
};
