import { builder } from '../../builder.ts';
import { RunStatusEnum } from '../../shared/enums.ts';

export const RunFilterInput = builder.inputType('RunFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [RunStatusEnum], description: 'In one of these.' }),
    agentId: t.id({ description: 'Of this agent.' }),
    issueId: t.id({ description: 'About this issue.' }),
    live: t.boolean({ description: 'Queued or running now.' }),
  }),
});
