import { builder } from '../builder.ts';
import { IssueRef } from '../issue/ref.ts';
import { Conflict } from '../shared/node.ts';
import type { AlreadyHeld, SubtreeHeld } from './conflicts.ts';
import { holdById } from './reads.ts';
import { SubtreeHoldRef } from './ref.ts';

export const SubtreeHeldType = builder.objectRef<SubtreeHeld>('SubtreeHeld').implement({
  description: 'The issue, or one above it, is on hold. For agents this is final: take other work, and be woken when the hold is released.',
  interfaces: [Conflict],
  fields: (t) => ({
    hold: t.field({ type: SubtreeHoldRef, nullable: true, description: 'The hold.', resolve: ({ hold }, _args, ctx) => ctx.loading.load(holdById, hold.holdId) }),
    issue: t.expose('issue', { type: IssueRef, description: 'The issue, unchanged.' }),
  }),
});

export const AlreadyHeldType = builder.objectRef<AlreadyHeld>('AlreadyHeld').implement({
  description: 'A hold on this issue is in force already.',
  interfaces: [Conflict],
  fields: (t) => ({ hold: t.expose('hold', { type: SubtreeHoldRef, description: 'That hold, unchanged.' }) }),
});
