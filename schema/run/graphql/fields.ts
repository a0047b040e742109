import { builder } from '../../builder.ts';
import { seen } from '../../shared/lookup.ts';
import { runById } from '../reads.ts';
import { RunRef } from '../ref.ts';
import { checkedIds } from '../../shared/lookup.ts';
import { cancelRun } from '../commands/cancel-run.ts';

builder.queryField('run', (t) =>
  t.field({
    type: RunRef, nullable: true, description: 'A run by id; null where there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, ctx) => seen(ctx, runById, id),
  }),
);

const CancelRunInput = builder.inputType('CancelRunInput', {
  description: 'Which run to stop.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Which run.' }),
    reason: t.string({ description: 'For the record, up to 500 characters.' }),
  }),
});

builder.mutationField('cancelRun', (t) =>
  t.field({
    type: RunRef,
    description: 'Stops a run: a queued one at once, a running one by SIGTERM to its process group, then SIGKILL after its grace. A finished run stays as it is. Board, or a manager of the agent.',
    args: { input: t.arg({ type: CancelRunInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => cancelRun(tx, by, checkedIds(input))),
  }),
);
