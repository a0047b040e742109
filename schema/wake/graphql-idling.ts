import { now } from '../../prisma/clock.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { CompanyRef } from '../company/ref.ts';
import { described } from '../shared/enums.ts';
import { badInput } from '../shared/refusal.ts';
import { type Idling, idlingOfAgents, idlingOfCompanies } from './idling.ts';

const IdlingBasisEnum = described('IdlingBasis', 'By what it is told how much a skipped heartbeat saved.', {
  TIMER_RUNS: 'What the agent\'s own heartbeats use on average, of its last 50 that told.', ALL_RUNS: 'What its runs of any kind use on average: none of its heartbeats has told.',
  MIXED: 'The one for some agents, the other for others.', NONE: 'Nothing was skipped, or no run has told what it used.',
});

const IdlingType = builder.objectRef<Idling>('Idling').implement({
  description: 'Heartbeats, and what was saved by answering those without work from the database.',
  fields: (t) => ({
    dueCount: t.int({ description: 'Heartbeats that fell due.', resolve: ({ due }) => due }),
    skippedCount: t.int({ description: 'Those without work for the agent: no run, no tokens.', resolve: ({ skipped }) => skipped }),
    runCount: t.int({ description: 'Those that led to a run, or joined one. The rest met a shut gate.', resolve: ({ run }) => run }),
    unknownCount: t.int({ description: 'Those of the skipped whose agent has never told what a run uses: what these saved is not in the sums.', resolve: ({ unknown }) => unknown }),
    tokensSaved: t.expose('tokensSaved', { type: 'BigInt', description: 'Skipped heartbeats times what one would have used: read, read from cache and written.' }),
    savedImputedMicros: t.expose('savedImputedMicros', { type: 'Micros', nullable: true, description: 'The same by the price list; null where no price is known.' }),
    basis: t.expose('basis', { type: IdlingBasisEnum, description: 'By what it is told.' }),
  }),
});

const WEEK_MS = 7 * 24 * 3_600_000;
const description = 'Heartbeats since a time, and what those saved that were skipped.';
const args = () => ({ since: builder.args((t) => ({ since: t.field({ type: 'DateTime', description: 'From when on; a week ago when absent. Not in the future.' }) })).since });

function checked(since: Date | null | undefined): Date {
  const at = now();
  if (since && since > at) throw badInput('since', 'lies in the future');
  // A minute is told from the next: fields of one request ask for the same.
  return since ?? new Date(Math.floor((at.getTime() - WEEK_MS) / 60_000) * 60_000);
}

builder.objectField(CompanyRef, 'idling', (t) =>
  t.field({
    type: IdlingType, complexity: 10, description, args: args(),
    resolve: (company, args, ctx) => {
      const since = checked(args.since);
      return ctx.loading.load(ctx.loading.keyed(`company.idling ${since.toISOString()}`, () => idlingOfCompanies(since)), company.id);
    },
  }),
);

builder.objectField(AgentRef, 'idling', (t) =>
  t.field({
    type: IdlingType, complexity: 5, description, args: args(),
    resolve: (agent, args, ctx) => {
      const since = checked(args.since);
      return ctx.loading.load(ctx.loading.keyed(`agent.idling ${since.toISOString()}`, () => idlingOfAgents(since)), agent.id);
    },
  }),
);
