import type { Activity } from '../../../prisma/generated/client.ts';
import { isId } from '../../../prisma/id.ts';
import { Actor, actorFrom } from '../../access/graphql.ts';
import { visible } from '../../access/principal.ts';
import { mustBeCurrent } from '../../access/reads.ts';
import { builder } from '../../builder.ts';
import { companyById } from '../../company/reads.ts';
import type { Context, Wakes } from '../../context.ts';
import { issueById } from '../../issue/reads.ts';
import { IssueRef } from '../../issue/ref.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { follow, untilLeft } from '../../shared/follow.ts';
import { isGiven } from '../../shared/paging.ts';
import { typed } from '../../shared/node.ts';
import { activityAfter, cursorOf, type Place, placeNow, placeOf, waitingAfter } from '../reads.ts';
import { EventEntity, entityOf } from './entity.ts';

const PAGE = 100;
/** A reader further behind is told to query anew: that is cheaper for both than a replay. */
const REPLAY_MAX = 5_000;

type Event = Activity | { resync: Place };

const CompanyEvent = builder.objectRef<Event>('CompanyEvent').implement({
  description: 'One change in a company, in the order of commits.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: 'Its place; hand the last one back as `after` to go on without a gap.', resolve: (event) => cursorOf('resync' in event ? event.resync : event) }),
    kind: t.string({ description: 'The activity\'s action (issue.updated, run.started …), or `resync`.', resolve: (event) => ('resync' in event ? 'resync' : event.action) }),
    at: t.field({ type: 'DateTime', description: 'When it happened.', resolve: (event) => ('resync' in event ? new Date() : event.createdAt) }),
    actor: t.field({ type: Actor, description: 'Who did it.', resolve: (event, _args, ctx) => ('resync' in event ? actorFrom(ctx, 'SYSTEM', null) : actorFrom(ctx, event.actorType, event.actorId)) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run it was done in.', resolve: (event, _args, ctx) => ('resync' in event || !event.runId ? null : ctx.loading.load(runById, event.runId)) }),
    entityType: t.string({ description: 'What changed; `resync` for a resync.', resolve: (event) => ('resync' in event ? 'resync' : event.entityType) }),
    entityId: t.id({ description: 'Its id; empty for a resync.', resolve: (event) => ('resync' in event ? '' : event.entityId) }),
    entity: t.field({ type: EventEntity, nullable: true, description: 'It, as it is now.', resolve: (event, _args, ctx) => ('resync' in event ? (typed('Resync', { cursor: cursorOf(event.resync), message: 'too much has happened since; query anew' }) as never) : entityOf(ctx, event.entityType, event.entityId)) }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'The issue it concerns.', resolve: (event, _args, ctx) => ('resync' in event || !event.issueId ? null : ctx.loading.load(issueById, event.issueId)) }),
    details: t.field({ type: 'JSON', description: 'What changed, by action.', resolve: (event) => ('resync' in event ? {} : event.details) }),
  }),
});

/** Events after a place, or a resync where there are too many. The place is settled before anything is asked of the stream. */
async function eventsAfter(ctx: Context, companyId: string, after: Place | null): Promise<AsyncGenerator<Event, void, void>> {
  const isFar = after !== null && (await waitingAfter(ctx.db, companyId, after, REPLAY_MAX + 1)) > REPLAY_MAX;
  const start = after === null || isFar ? await placeNow(ctx.db) : after;
  const wakes = ctx.live.open(`company:${companyId}`);
  return untilLeft(wakes, events(ctx, wakes, companyId, start, isFar));
}

async function* events(ctx: Context, wakes: Wakes, companyId: string, start: Place, resync: boolean): AsyncGenerator<Event, void, void> {
  if (resync) yield { resync: start };
  const read = async (place: Place) => {
    const page = await activityAfter(ctx.db, companyId, place, PAGE);
    if (page.items.length > 0) await mustBeCurrent(ctx.db, ctx.principal);
    return page;
  };
  for await (const row of follow(wakes, read, (row: Activity): Place => row, start)) {
    ctx.loading.clear();
    yield row;
  }
}

builder.subscriptionField('companyEvents', (t) =>
  t.field({
    type: CompanyEvent, description: 'Changes in a company: those after a cursor, then live, each once and in order, across reconnects and restarts.',
    args: {
      companyId: t.arg.id({ required: true, description: 'Which company.' }),
      after: t.arg({ type: 'Cursor', description: 'From after this place ("0" is the beginning); from now when absent.' }),
    },
    subscribe: async (_root, { companyId, after }, ctx) => {
      const company = isId(companyId) ? await ctx.loading.load(companyById, companyId) : null;
      visible(ctx.principal, company && { companyId }, 'company');
      return eventsAfter(ctx, companyId, isGiven(after) ? placeOf(after) : null);
    },
    resolve: (event) => event,
  }),
);
