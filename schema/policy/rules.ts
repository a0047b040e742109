import type { PolicyStageType } from '../../prisma/generated/enums.ts';

/* Who looks at work before it is done (no I/O). */

export const LIMIT = { stages: 10, participants: 20 } as const;

export interface Participant {
  type: 'AGENT' | 'USER';
  id: string;
}

export interface Stage {
  id: string;
  type: PolicyStageType;
  /** In order: the first who can takes it. */
  participants: Participant[];
}

export type NextStage = { kind: 'stage'; stage: Stage; participant: Participant } | { kind: 'nobody'; stage: Stage } | { kind: 'done' };

export function isSame(a: Participant | null, b: Participant | null): boolean {
  return a !== null && b !== null && a.type === b.type && a.id === b.id;
}

/**
 * The stage that comes after one (the first when null), with the first participant who can take it. Nobody looks at their own
 * work: a review that nobody but the executor could give is skipped, an approval is not.
 */
export function nextStage(stages: readonly Stage[], afterId: string | null, executor: Participant | null, isEligible: (participant: Participant) => boolean): NextStage {
  const from = afterId === null ? 0 : stages.findIndex(({ id }) => id === afterId) + 1;
  for (const stage of stages.slice(from)) {
    const others = stage.participants.filter((each) => !isSame(each, executor));
    const participant = others.find(isEligible);
    if (participant) return { kind: 'stage', stage, participant };
    if (stage.type === 'APPROVAL' || others.length > 0) return { kind: 'nobody', stage };
  }
  return { kind: 'done' };
}
