import type { Run } from '../../../prisma/generated/client.ts';
import { Resync } from '../../activity/graphql/entity.ts';
import { visible } from '../../access/principal.ts';
import { mustBeCurrent } from '../../access/reads.ts';
import { builder } from '../../builder.ts';
import type { Context, Wakes } from '../../context.ts';
import { isId } from '../../../prisma/id.ts';
import { RunStatusEnum } from '../../shared/enums.ts';
import { untilLeft } from '../../shared/follow.ts';
import { notFound } from '../../shared/refusal.ts';
import { logPosition } from '../commands/append-log.ts';
import { type LogPage, nextOfLog } from '../log-feed.ts';
import { type LogChunk, runById } from '../reads.ts';
import { RunRef } from '../ref.ts';
import { logCursor, RunLogChunk } from './log.ts';

interface Ended {
  ended: Run;
  seq: number;
}

const RunEnded = builder.objectRef<Ended>('RunEnded').implement({
  description: 'The run is over and its log is complete; nothing follows.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: 'The last chunk\'s place.', resolve: ({ seq }) => String(seq) }),
    status: t.field({ type: RunStatusEnum, description: 'How it ended.', resolve: ({ ended }) => ended.status }),
    run: t.field({ type: RunRef, description: 'The run.', resolve: ({ ended }) => ended }),
  }),
});

const RunLogItem = builder.unionType('RunLogItem', {
  description: 'A piece of log, the end, or the wish that the reader query anew.',
  types: [RunLogChunk, RunEnded, Resync],
  resolveType: (item) => ('ended' in item ? 'RunEnded' : 'seq' in item ? 'RunLogChunk' : 'Resync'),
});

async function* logOf(ctx: Context, wakes: Wakes, runId: string, after: number): AsyncGenerator<LogChunk | Ended, void, void> {
  let seq = after;
  try {
    do {
      let page: LogPage;
      do {
        page = await nextOfLog(ctx.db, runId, seq);
        if (page.chunks.length > 0) await mustBeCurrent(ctx.db, ctx.principal);
        for (const chunk of page.chunks) {
          seq = chunk.seq;
          yield chunk;
        }
      } while (page.hasMore);
      if (page.isOver) {
        ctx.loading.clear();
        yield { ended: (await runById.read(ctx.db, [runId])).get(runId) as Run, seq };
        return;
      }
    } while (await wakes.next());
  } finally {
    wakes.close();
  }
}

builder.subscriptionField('runLog', (t) =>
  t.field({
    type: RunLogItem, description: 'What a run prints: from after a cursor ("0" is the beginning), then live, each byte once and in order, until RunEnded.',
    args: {
      runId: t.arg.id({ required: true, description: 'Which run.' }),
      after: t.arg({ type: 'Cursor', description: 'From after this chunk; from now when absent.' }),
    },
    subscribe: async (_root, { runId, after }, ctx) => {
      if (!isId(runId)) throw notFound('run');
      visible(ctx.principal, await ctx.loading.load(runById, runId), 'run');
      // Where it starts is settled now, and not when it is first read.
      const start = logCursor(after) ?? (await logPosition(ctx.db, runId)).lastSeq;
      const wakes = ctx.live.open(`run:${runId}`);
      return untilLeft(wakes, logOf(ctx, wakes, runId, start));
    },
    resolve: (item) => item as never,
  }),
);
