import { sentence } from '../../ui/failure.ts';
import type { InboxQuery } from '../../graphql/generated/graphql.ts';

export type Item = NonNullable<InboxQuery['inbox']>['nodes'][number];
export type Event = Item['events'][number];

const CUT = 140;
const short = (text: string): string => (text.length > CUT ? `${text.slice(0, CUT)}…` : text).replaceAll(/\s+/g, ' ');

/** Why an issue is in the inbox, in a line. */
export function reasonOf(event: Event): string {
  switch (event.reason) {
    case 'INTERACTION':
      return event.interaction ? `${event.interaction.createdBy.name} asks: ${event.interaction.title}` : 'The board is asked';
    case 'COMMENT':
      return event.comment ? `${event.comment.author.name}: ${short(event.comment.body)}` : 'It has a new comment';
    case 'MENTION':
      return event.comment ? `${event.comment.author.name} mentions you: ${short(event.comment.body)}` : 'You are mentioned';
    case 'FAILED_RUN':
      return event.run ? `Run ${event.run.number} by ${event.run.agent.name} failed` : 'Its last run failed';
    case 'RECOVERY':
      return event.recovery ? sentence(event.recovery.nextAction) : 'Nothing moves it';
    case 'APPROVAL':
      return 'Waits for the board to approve it';
    case 'REVIEW':
      return 'It waits for a review';
  }
}

/** Where in the issue that is. */
export function placeOf(event: Event | undefined): string {
  if (event?.interaction) return `#interaction-${event.interaction.id}`;
  return event?.comment ? `#comment-${event.comment.id}` : '';
}

/** What an entry is about, for the mutations that put it away. */
export function subjectOf({ issue, approval }: Item): { issueId: string } | { approvalId: string } {
  return issue ? { issueId: issue.id } : { approvalId: approval?.id ?? '' };
}

export function nameOf({ issue, approval }: Item): string {
  return issue?.identifier ?? approval?.title ?? '';
}
