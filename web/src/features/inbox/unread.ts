import type { InboxUnreadQuery as Unread } from '../../graphql/generated/graphql.ts';
import { about, type Concerns } from '../../graphql/live.ts';
import { createView } from '../../graphql/view.ts';
import { InboxUnreadQuery } from './queries.ts';

/** What may bring something into an inbox or take it out of it. */
export const aboutInbox = about('issue', 'comment', 'interaction', 'run', 'recovery', 'approval', 'approvalComment', 'inbox');

/** The same, asked by every page: of runs, only that they are over changes an inbox. */
const mayCount: Concerns = (event) => aboutInbox(event) && (!event.kind.startsWith('run.') || event.kind === 'run.finished');

/** "7", or "99+" where a page does not hold them all; undefined where there is nothing unread. */
export function unreadWords(inbox: Unread['inbox'] | undefined): string | undefined {
  if (!inbox || inbox.nodes.length === 0) return undefined;
  return inbox.pageInfo.hasNextPage ? `${inbox.nodes.length}+` : String(inbox.nodes.length);
}

/** How much in the inbox nobody has read yet, kept current. */
export function createUnread(companyId: () => string | undefined): () => string | undefined {
  const variables = () => {
    const id = companyId();
    return id ? { companyId: id } : null;
  };
  const view = createView({ query: InboxUnreadQuery, variables, concerns: mayCount });
  return () => unreadWords(view.data?.inbox);
}
