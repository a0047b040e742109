import type { MutationCase } from '../mutations.ts';

export const interactionCases: Record<string, MutationCase> = {
  createInteraction: {
    who: 'anyone', input: ({ issue }) => ({ issueId: issue.id, kind: 'SUGGEST_TASKS', title: 'New', tasks: { key: 'one', title: 'New' } }), records: ['interaction.created'],
  },
  acceptInteraction: { who: 'board', input: ({ interaction }) => ({ interactionId: interaction.id }), records: ['interaction.accepted'] },
  rejectInteraction: { who: 'board', input: ({ interaction }) => ({ interactionId: interaction.id }), records: ['interaction.rejected'] },
  answerInteraction: {
    who: 'board', input: ({ question }) => ({ interactionId: question.id, answers: { questionKey: 'where', optionKeys: 'here' } }), records: ['interaction.answered'],
  },
  cancelInteraction: { who: 'board', input: ({ interaction }) => ({ interactionId: interaction.id }), records: ['interaction.cancelled'] },
};
