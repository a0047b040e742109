import { useSearchParams } from '@solidjs/router';
import type { IssueFilter, IssueOrder, IssueStatus, Priority } from '../../../graphql/generated/graphql.ts';

export type Tab = 'active' | 'backlog' | 'done' | 'all';
export type Sort = 'priority' | 'updated' | 'created' | 'number';

export const tabStatuses: Record<Tab, readonly IssueStatus[]> = {
  active: ['IN_PROGRESS', 'IN_REVIEW', 'BLOCKED', 'TODO'],
  backlog: ['BACKLOG'],
  done: ['DONE', 'CANCELLED'],
  all: ['IN_PROGRESS', 'IN_REVIEW', 'BLOCKED', 'TODO', 'BACKLOG', 'DONE', 'CANCELLED'],
};

const orders: Record<Sort, IssueOrder> = {
  priority: { field: 'PRIORITY', direction: 'ASC' },
  updated: { field: 'UPDATED_AT', direction: 'DESC' },
  created: { field: 'CREATED_AT', direction: 'DESC' },
  number: { field: 'NUMBER', direction: 'ASC' },
};

/** What the page shows, all of it in the address: a view can be kept, sent and gone back to. */
export interface IssuesView {
  readonly layout: 'list' | 'board';
  readonly tab: Tab;
  readonly sort: Sort;
  readonly project: string | undefined;
  /** An agent's id, or `none`. */
  readonly assignee: string | undefined;
  readonly priority: Priority | undefined;
  readonly label: string | undefined;
  readonly text: string | undefined;
  readonly live: boolean;
  readonly filter: IssueFilter;
  readonly orderBy: IssueOrder;
  readonly filtered: boolean;
  set: (change: Partial<Record<'view' | 'tab' | 'sort' | 'project' | 'assignee' | 'priority' | 'label' | 'text' | 'live', string | undefined>>) => void;
}

const oneOf = <V extends string>(values: readonly V[], value: unknown): V | undefined => values.find((each) => each === value);

export function useIssuesView(): IssuesView {
  const [search, setSearch] = useSearchParams();
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    get layout() {
      return text('view') === 'board' ? 'board' : 'list';
    },
    get tab() {
      return oneOf(['active', 'backlog', 'done', 'all'], text('tab')) ?? 'active';
    },
    get sort() {
      return oneOf(['priority', 'updated', 'created', 'number'], text('sort')) ?? 'priority';
    },
    get project() {
      return text('project');
    },
    get assignee() {
      return text('assignee');
    },
    get priority() {
      return oneOf(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], text('priority'));
    },
    get label() {
      return text('label');
    },
    get text() {
      return text('text');
    },
    get live() {
      return text('live') === '1';
    },
    get filter() {
      return filterOf({ project: this.project, assignee: this.assignee, priority: this.priority, label: this.label, text: this.text, live: this.live });
    },
    get orderBy() {
      return orders[this.sort];
    },
    get filtered() {
      return Object.keys(this.filter).length > 0;
    },
    set: (change) => setSearch(change, { replace: true }),
  };
}

/** Only what was asked for: an absent part of a filter holds for everything. */
export function filterOf(wanted: Pick<IssuesView, 'project' | 'assignee' | 'priority' | 'label' | 'text' | 'live'>): IssueFilter {
  return {
    ...(wanted.project ? { projectId: wanted.project } : {}),
    ...(wanted.assignee === 'none' ? { unassigned: true } : wanted.assignee ? { assigneeId: wanted.assignee } : {}),
    ...(wanted.priority ? { priorities: [wanted.priority] } : {}),
    ...(wanted.label ? { labelId: wanted.label } : {}),
    ...(wanted.text ? { text: wanted.text } : {}),
    ...(wanted.live ? { live: true } : {}),
  };
}

type Counts = Record<'backlog' | 'todo' | 'inProgress' | 'inReview' | 'blocked' | 'done' | 'cancelled', number>;

const countNames: Record<IssueStatus, keyof Counts> = {
  BACKLOG: 'backlog', TODO: 'todo', IN_PROGRESS: 'inProgress', IN_REVIEW: 'inReview', BLOCKED: 'blocked', DONE: 'done', CANCELLED: 'cancelled',
};

export const countOf = (counts: Counts | undefined, status: IssueStatus): number | undefined => counts?.[countNames[status]];

export const sumOf = (counts: Counts | undefined, statuses: readonly IssueStatus[]): number | undefined =>
  counts && statuses.reduce((sum, status) => sum + counts[countNames[status]], 0);
