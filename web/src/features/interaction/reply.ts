import type { InteractionCardFragment, InteractionLineFragment, Verdict } from '../../graphql/generated/graphql.ts';

export type Asked = InteractionCardFragment;
/** The same once it is over, as its line tells it. */
export type Resolved = InteractionLineFragment;

/** What one has filled in so far, whatever the kind. */
export interface Reply {
  /** CHECKBOX_CONFIRMATION: what is ticked. */
  options: readonly string[];
  /** SUGGEST_TASKS: which drafts are wanted. */
  tasks: readonly string[];
  answers: Readonly<Record<string, { options: readonly string[]; text: string }>>;
  verdicts: Readonly<Record<string, Verdict>>;
}

/** Nothing is filled in but what one would otherwise have to do each time: all drafts are wanted until one is taken out. */
export const emptyReply = (asked: Pick<Asked, 'tasks'>): Reply => ({ options: [], tasks: asked.tasks.map(({ key }) => key), answers: {}, verdicts: {} });

/** What is still missing before it can be sent, as words for beside the button; null once it is whole. */
export function missing(asked: Pick<Asked, 'kind' | 'options' | 'minSelected' | 'maxSelected' | 'questions' | 'items'>, reply: Reply): string | null {
  switch (asked.kind) {
    case 'CONFIRMATION':
      return null;
    case 'CHECKBOX_CONFIRMATION':
      return boundsBroken(asked, reply.options.length);
    case 'SUGGEST_TASKS':
      return reply.tasks.length === 0 ? 'Choose at least one' : null;
    case 'ASK_QUESTIONS': {
      const open = asked.questions.filter((question) => !question.optional && !isAnswered(reply, question.key)).length;
      return open === 0 ? null : `${open} to answer`;
    }
    case 'ITEM_VERDICTS': {
      const open = asked.items.filter(({ key }) => reply.verdicts[key] === undefined).length;
      return open === 0 ? null : `${open} to decide`;
    }
  }
}

export function isAnswered(reply: Reply, key: string): boolean {
  const answer = reply.answers[key];
  return answer !== undefined && (answer.options.length > 0 || answer.text.trim() !== '');
}

function boundsBroken({ minSelected, maxSelected }: Pick<Asked, 'minSelected' | 'maxSelected'>, chosen: number): string | null {
  if (minSelected && chosen < minSelected) return `${chosen} of at least ${minSelected} chosen`;
  return maxSelected && chosen > maxSelected ? `${chosen} chosen, at most ${maxSelected} may be` : null;
}

/** How many may be ticked, in words; null where any number may. */
export function boundsOf({ minSelected: min, maxSelected: max }: Pick<Asked, 'minSelected' | 'maxSelected'>): string | null {
  if (min && max) return min === max ? `Choose ${min}.` : `Choose ${min} to ${max}.`;
  if (min) return `Choose at least ${min}.`;
  return max ? `Choose at most ${max}.` : null;
}
