import type { ActivityFilter, ActorType } from '../../graphql/generated/graphql.ts';
import { actionsOf, type Kind } from './kinds.ts';

/** What the page is narrowed to, as it stands in its address. */
export interface Filters {
  agent: string | undefined;
  /** USER, AGENT, SYSTEM, or the id of an agent. */
  by: string | undefined;
  span: Span | undefined;
  /** Days, where the span is between two. */
  from: string | undefined;
  to: string | undefined;
}

export type Span = 'day' | 'week' | 'month' | 'custom';
const hours: Record<Exclude<Span, 'custom'>, number> = { day: 24, week: 168, month: 720 };
const isSpan = (text: string | undefined): text is Span => text === 'custom' || Object.hasOwn(hours, text ?? '');

export const actorTypes: readonly { type: ActorType; name: string }[] = [
  { type: 'USER', name: 'People' },
  { type: 'AGENT', name: 'Agents' },
  { type: 'SYSTEM', name: 'Boardroom itself' },
];

export function filtersOf(search: Partial<Record<string, string | string[]>>): Filters {
  const text = (name: string) => (typeof search[name] === 'string' && search[name] !== '' ? search[name] : undefined);
  const span = text('span');
  return { agent: text('agent'), by: text('by'), span: isSpan(span) ? span : undefined, from: text('from'), to: text('to') };
}

/** The start of a day in UTC, or nothing where the text is no day. */
const dayStart = (text: string | undefined, plusDays = 0): string | undefined => {
  const at = text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at + plusDays * 86_400_000).toISOString();
};

/** What is asked of the log. The last day of a span is in it. */
export function filterOf(kind: Kind, filters: Filters, now: number): ActivityFilter {
  const actions = actionsOf(kind);
  const since = filters.span === 'custom' ? dayStart(filters.from) : filters.span ? new Date(now - hours[filters.span] * 3_600_000).toISOString() : undefined;
  const until = filters.span === 'custom' ? dayStart(filters.to, 1) : undefined;
  const type = actorTypes.find((each) => each.type === filters.by)?.type;
  return {
    ...(actions ? { actions } : {}),
    ...(filters.agent ? { agentId: filters.agent } : {}),
    ...(type ? { actorType: type } : filters.by ? { actorId: filters.by } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  };
}

export const isNarrowed = (kind: Kind, filters: Filters): boolean => kind !== 'all' || Object.values(filters).some((value) => value !== undefined);

/** The same rows as a file, one line of JSON each. */
export function exportAddress(companyId: string, filter: ActivityFilter): string {
  const query = new URLSearchParams();
  if (filter.actions) query.set('action', filter.actions.join(','));
  for (const name of ['agentId', 'actorType', 'actorId', 'since', 'until'] as const) if (filter[name]) query.set(name, filter[name]);
  const text = query.toString();
  return `/api/companies/${companyId}/activity.ndjson${text ? `?${text}` : ''}`;
}
