import type { MutationCase } from '../mutations.ts';

export const interactionCases: Record<string, MutationCase> = {
  createInteraction: {
    input: ({ issue }) => ({ issueId: issue.id, kind: 'SUGGEST_TASKS', title: 'New', tasks: { key: 'one', title: 'New' } }), records: ['interaction.created'],
  },
  acceptInteraction: { input: ({ interaction }) => ({ interactionId: interaction.id }), records: ['interaction.accepted'] },
  rejectInteraction: { input: ({ interaction }) => ({ interactionId: interaction.id }), records: ['interaction.rejected'] },
  answerInteraction: {
    input: ({ question }) => ({ interactionId: question.id, answers: { questionKey: 'where', optionKeys: 'here' } }), records: ['interaction.answered'],
  },
  cancelInteraction: { agent: 'nobody', input: ({ interaction }) => ({ interactionId: interaction.id }), records: ['interaction.cancelled'] },
};
