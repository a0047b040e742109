import { boardSources, nodeSources } from '../activity/graphql/entity.ts';
import { activityById } from '../activity/reads.ts';
import { maySee } from '../access/principal.ts';
import { userById } from '../access/reads.ts';
import { agentKeyById } from '../agent/reads.ts';
import { approvalVersionById } from '../approval/reads.ts';
import { builder } from '../builder.ts';
import { isId } from '../../prisma/id.ts';
import { Node, typed } from './node.ts';

const activitySource = ['Activity', activityById] as const;
const versionSource = ['ApprovalVersion', approvalVersionById] as const;
/** Keys are for the board's eyes, as in Agent.keys. */
const keySource = ['AgentKey', agentKeyById] as const;

builder.queryField('node', (t) =>
  t.field({
    type: Node, nullable: true, description: 'Anything with an id; null where there is none that the viewer may see.', complexity: 10,
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: async (_root, { id }, ctx) => {
      if (!isId(id)) return null;
      const isBoard = ctx.principal.kind === 'user';
      const found = await Promise.all(
        [...nodeSources, activitySource, versionSource, ...(isBoard ? [keySource, ...boardSources] : [])].map(async ([typename, source]) => {
          const row = await ctx.loading.load(source, id);
          const companyId = typename === 'Company' ? id : (row as { companyId?: string } | null)?.companyId;
          return row && companyId && maySee(ctx.principal, companyId) ? typed(typename, row) : null;
        }),
      );
      const user = isBoard ? await ctx.loading.load(userById, id) : null;
      return found.find((row) => row !== null) ?? (user ? typed('User', user) : null);
    },
  }),
);
