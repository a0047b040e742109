import { plural } from '../../ui/format.ts';
import type { DecisionState } from '../../ui/DecisionGlyph.tsx';
import type { Asked, Resolved } from './reply.ts';

const states: Record<Asked['status'], DecisionState> = {
  PENDING: 'PENDING', ACCEPTED: 'ACCEPTED', ANSWERED: 'ACCEPTED', REJECTED: 'REJECTED', CANCELLED: 'EXPIRED', EXPIRED: 'EXPIRED', FAILED: 'REJECTED',
};

export const stateOf = ({ status }: Pick<Asked, 'status'>): DecisionState => states[status];

/** What the card is headed with. */
export const kindNames: Record<Asked['kind'], string> = {
  CONFIRMATION: 'Confirm', CHECKBOX_CONFIRMATION: 'Confirm a choice', ASK_QUESTIONS: 'Questions', SUGGEST_TASKS: 'Suggested issues', ITEM_VERDICTS: 'Verdicts',
};

const ends: Record<string, string> = {
  superseded_by_comment: 'a comment took its place',
  stale_target: 'there is a newer revision of what it is about',
  issue_cancelled: 'the issue was cancelled',
  withdrawn: 'it was withdrawn',
};

/** How it ended, to be said after who ended it: "accepted “Ship it?”" wants the verb, the rest comes behind. */
export function verbOf({ status }: Pick<Asked, 'status'>): string {
  return { PENDING: 'asks', ACCEPTED: 'accepted', ANSWERED: 'answered', REJECTED: 'rejected', CANCELLED: 'withdrew', EXPIRED: 'expired', FAILED: 'could not be done' }[status];
}

/** What came of it in a few words: which options, how many of the drafts, why it expired. */
export function tailOf(asked: Pick<Resolved, 'kind' | 'status' | 'endReason' | 'selectedOptionKeys' | 'options' | 'tasks' | 'verdicts' | 'targetDocument'>): string {
  if (asked.endReason === 'stale_target' && asked.targetDocument) return `${asked.targetDocument.key} has revision ${asked.targetDocument.number} by now`;
  if (asked.status === 'EXPIRED') return ends[asked.endReason ?? ''] ?? asked.endReason?.replaceAll('_', ' ') ?? '';
  if (asked.status === 'ACCEPTED' && asked.kind === 'CHECKBOX_CONFIRMATION') {
    return asked.options.filter(({ key }) => asked.selectedOptionKeys.includes(key)).map(({ label }) => label).join(', ');
  }
  if (asked.status === 'ACCEPTED' && asked.kind === 'SUGGEST_TASKS') {
    const filed = asked.tasks.filter(({ issue }) => issue).length;
    return filed === asked.tasks.length ? `${plural(filed, 'issue')} filed` : `${filed} of ${plural(asked.tasks.length, 'issue')} filed`;
  }
  if (asked.status === 'ANSWERED' && asked.kind === 'ITEM_VERDICTS') {
    const count = (verdict: string) => asked.verdicts.filter((each) => each.verdict === verdict).length;
    return [[count('APPROVE'), 'approved'], [count('REJECT'), 'rejected'], [count('DEFER'), 'deferred']].filter(([many]) => many !== 0).map(([many, what]) => `${many} ${what}`).join(', ');
  }
  return '';
}
