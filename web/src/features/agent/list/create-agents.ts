import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { ask } from '../../../graphql/ask.ts';
import { about, refreshOn } from '../../../graphql/live.ts';
import type { AgentLineFragment } from '../../../graphql/generated/graphql.ts';
import { AgentsQuery } from './queries.ts';

/** A company of a thousand agents is drawn whole; what lies beyond is left to search. */
const MOST = 1_000;
const REFRESH_MS = 500;

/** The first moment of this month, UTC: what "this month" means for money everywhere. */
export function monthStart(now = new Date()): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString();
}

/** All agents of a company, since a tree cannot be drawn from a page of it; asked for again when one changes. */
export function createAgents(prefix: () => string) {
  const [agents, setAgents] = createStore<AgentLineFragment[]>([]);
  const [state, setState] = createSignal<{ loading: boolean; error: unknown; total: number }>({ loading: true, error: null, total: 0 });
  let abort = new AbortController();

  const load = async () => {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    const found: AgentLineFragment[] = [];
    try {
      let after: string | null = null;
      let total = 0;
      do {
        const { company }: Awaited<ReturnType<typeof page>> = await page(after, signal);
        found.push(...(company?.agents.nodes ?? []));
        total = company?.agents.totalCount ?? 0;
        after = company?.agents.pageInfo.hasNextPage ? company.agents.pageInfo.endCursor : null;
      } while (after && found.length < MOST);
      setAgents(reconcile(found, { key: 'id' }));
      setState({ loading: false, error: null, total });
    } catch (error) {
      if (!signal.aborted) setState((before) => ({ ...before, loading: false, error }));
    }
  };
  const page = (after: string | null, signal: AbortSignal) => ask(AgentsQuery, { prefix: prefix(), since: monthStart(), after }, signal);

  createEffect(
    on(prefix, () => {
      setAgents([]);
      setState({ loading: true, error: null, total: 0 });
      void load();
    }),
  );
  refreshOn(about('agent', 'run', 'cost'), () => void load(), () => REFRESH_MS * Math.max(1, Math.ceil(agents.length / 100)));
  onCleanup(() => abort.abort());
  return { agents, state, refetch: () => void load() };
}
