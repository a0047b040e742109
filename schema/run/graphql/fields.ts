import { builder } from '../../builder.ts';
import { seen } from '../../shared/lookup.ts';
import { badInput } from '../../shared/refusal.ts';
import { CompanyRef } from '../../company/ref.ts';
import { runById, runByNumber } from '../reads.ts';
import { RunRef } from '../ref.ts';
import { checkedIds } from '../../shared/lookup.ts';
import { completeRun, RunNotRunning } from '../commands/complete-run.ts';
import { Conflict } from '../../shared/node.ts';
import { cancelRun } from '../commands/cancel-run.ts';

builder.queryField('run', (t) =>
  t.field({
    type: RunRef, nullable: true, description: 'A run by id; null where there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, ctx) => seen(ctx, runById, id),
  }),
);

builder.objectField(CompanyRef, 'run', (t) =>
  t.field({
    type: RunRef, nullable: true, description: 'A run of the company by its number, as people call it.',
    args: { number: t.arg.int({ required: true, description: 'The number behind the #.' }) },
    resolve: (company, { number }, ctx) => {
      if (number < 1) throw badInput('number', 'counts from 1');
      return ctx.loading.load(runByNumber, `${company.id}/${number}`);
    },
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

const RunNotRunningType = builder.objectRef<RunNotRunning>('RunNotRunning').implement({
  description: 'The run is over, or has not begun: nothing was changed.',
  interfaces: [Conflict],
  fields: (t) => ({ run: t.expose('run', { type: RunRef, description: 'The run as it is.' }) }),
});
const CompleteRunResult = builder.unionType('CompleteRunResult', {
  description: 'The finished run, or that it was not running.', types: [RunRef, RunNotRunningType], resolveType: (value) => (value instanceof RunNotRunning ? 'RunNotRunning' : 'Run'),
});
const RunOutcome = builder.enumType('RunOutcome', {
  description: 'How work ended.', values: { SUCCEEDED: { description: 'As it should.' }, FAILED: { description: 'Badly.' } } as const,
});
const UsageInput = builder.inputType('UsageInput', {
  description: 'Tokens used.',
  fields: (t) => ({
    inputTokens: t.field({ type: 'BigInt', required: true, description: 'Read, without cached ones.' }),
    cachedInputTokens: t.field({ type: 'BigInt', description: 'Read from cache.' }),
    outputTokens: t.field({ type: 'BigInt', required: true, description: 'Written.' }),
  }),
});
const CompleteRunInput = builder.inputType('CompleteRunInput', {
  description: 'How a run that works elsewhere ended.',
  fields: (t) => ({
    runId: t.id({ description: 'Which run; the token\'s when absent.' }),
    outcome: t.field({ type: RunOutcome, required: true, description: 'How.' }),
    summary: t.string({ description: 'The agent\'s last word, up to 4,000 characters.' }),
    errorCode: t.string({ description: 'For programs, when it failed.' }),
    errorMessage: t.string({ description: 'For people, when it failed.' }),
    usage: t.field({ type: UsageInput, description: 'Tokens used.' }),
    costMicros: t.field({ type: 'Micros', description: 'What it cost; usage without it is unpriced.' }),
    provider: t.string({ description: 'Who ran the model.' }),
    model: t.string({ description: 'The model.' }),
  }),
});

builder.mutationField('completeRun', (t) =>
  t.field({
    type: CompleteRunResult,
    description: 'Ends a run whose adapter hands work elsewhere (http). From the run\'s own token, or the board. Runs with a process end with it (RULE_VIOLATION).',
    args: { input: t.arg({ type: CompleteRunInput, required: true, description: 'How it ended.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => completeRun(tx, by, checkedIds(input))),
  }),
);
