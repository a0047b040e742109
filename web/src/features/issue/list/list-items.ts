import type { IssueLineFragment, IssueStatus } from '../../../graphql/generated/graphql.ts';

export type ListItem =
  | { kind: 'group'; status: IssueStatus; count: number | undefined; open: boolean }
  | { kind: 'issue'; issue: IssueLineFragment }
  /** More can be asked for; seen, it asks. */
  | { kind: 'more'; status: IssueStatus }
  | { kind: 'bones'; status: IssueStatus; at: number };

export interface Group {
  status: IssueStatus;
  nodes: readonly IssueLineFragment[];
  loading: boolean;
  more: boolean;
}

/** The lines of the list, in order. An issue that has just left a state is not shown there until the list is read again. */
export function itemsOf(groups: readonly Group[], isOpen: (status: IssueStatus) => boolean, count: (status: IssueStatus) => number | undefined): ListItem[] {
  return groups.flatMap((group): ListItem[] => {
    const inState = group.nodes.filter((issue) => issue.status === group.status);
    const total = count(group.status) ?? (group.more || group.loading ? undefined : inState.length);
    // Neither known to be empty nor known to hold anything: it is not announced yet.
    if (inState.length === 0 && !group.more && !total) return [];
    const open = isOpen(group.status);
    const head: ListItem = { kind: 'group', status: group.status, count: total, open };
    if (!open) return [head];
    const lines: ListItem[] = inState.map((issue) => ({ kind: 'issue', issue }));
    const tail: ListItem[] = group.loading ? Array.from({ length: Math.min(4, total ?? 3) }, (_, at) => ({ kind: 'bones', status: group.status, at })) : group.more ? [{ kind: 'more', status: group.status }] : [];
    return [head, ...lines, ...tail];
  });
}

export const issueOf = (item: ListItem): IssueLineFragment | undefined => (item.kind === 'issue' ? item.issue : undefined);

export const headOf = (item: ListItem): Extract<ListItem, { kind: 'group' }> | undefined => (item.kind === 'group' ? item : undefined);

/** What stays itself when the list is read again. */
export function keyOf(item: ListItem): string {
  if (item.kind === 'issue') return item.issue.id;
  return item.kind === 'bones' ? `bones-${item.status}-${item.at}` : `${item.kind}-${item.status}`;
}

/** The next issue in a direction from a position, over headers; stays where there is none. */
export function stepTo(items: readonly ListItem[], from: number, direction: 1 | -1): number {
  for (let at = from + direction; at >= 0 && at < items.length; at += direction) if (items[at]?.kind === 'issue') return at;
  return from;
}
