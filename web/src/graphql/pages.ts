import { createRequest, type AnyVariables, type CombinedError, type OperationResult, type RequestPolicy, type TypedDocumentNode } from '@urql/core';
import { createComputed, onCleanup, untrack } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { client } from './client.ts';
import { refreshOn, type Concerns } from './live.ts';

export interface ConnectionLike<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null | undefined };
}

export interface Pages<Node> {
  /** Every loaded node, each once, in the order of the list. */
  readonly nodes: readonly Node[];
  /** True until the first page is there. */
  readonly loading: boolean;
  readonly error: CombinedError | undefined;
  /** There is more to ask for. */
  readonly more: boolean;
  readonly loadingMore: boolean;
  loadMore: () => void;
  refetch: () => void;
}

interface Page<Node> {
  after: string | null;
  value: ConnectionLike<Node> | undefined;
  /** When it failed; a failed page is asked for again, though not at once. */
  failedAt: number | undefined;
  close: () => void;
}

interface Held<Node> {
  nodes: Node[];
  loading: boolean;
  loadingMore: boolean;
  more: boolean;
  error: CombinedError | undefined;
}

const REFRESH_MS_PER_PAGE = 400;
const RETRY_AFTER_MS = 3000;

/**
 * A list that is read page by page as one scrolls, and read again when an event concerns it. Pages hang together by
 * cursors, so a refresh walks from the first and swaps all of them at once: nothing is lost at a seam that moved.
 */
export function createPages<Data, Variables extends AnyVariables & { after?: string | null | undefined }, Node extends { id: string }>(options: {
  query: TypedDocumentNode<Data, Variables>;
  /** Without `after`; null puts the list to rest. */
  variables: () => Variables | null;
  connection: (data: Data) => ConnectionLike<Node> | null | undefined;
  concerns?: Concerns;
  /** Shows the old list until the new one is there when variables change. */
  keep?: boolean;
}): Pages<Node> {
  const empty = (): Held<Node> => ({ nodes: [], loading: true, loadingMore: false, more: false, error: undefined });
  const [held, setHeld] = createStore<Held<Node>>(empty());
  let pages: Page<Node>[] = [];
  let asked: Variables | null = null;
  /** Grows with every change of variables: answers to an older question are dropped. */
  let question = 0;

  const request = (after: string | null) => createRequest(options.query, { ...asked, after } as Variables);
  const publish = () => {
    const seen = new Set<string>();
    const nodes = pages.flatMap((page) => page.value?.nodes ?? []).filter((node) => !seen.has(node.id) && seen.add(node.id));
    const last = pages.at(-1);
    setHeld('nodes', reconcile(nodes, { key: 'id' }));
    const waits = (page: Page<Node> | undefined) => page !== undefined && page.value === undefined && page.failedAt === undefined;
    setHeld({ more: pages.findLast((page) => page.value)?.value?.pageInfo.hasNextPage ?? false, loading: waits(pages[0]), loadingMore: pages.length > 1 && waits(last) });
  };
  const open = (after: string | null, requestPolicy?: RequestPolicy): Page<Node> => {
    const page: Page<Node> = { after, value: undefined, failedAt: undefined, close: () => undefined };
    const mine = question;
    page.close = client.executeQuery(request(after), requestPolicy ? { requestPolicy } : undefined).subscribe(({ data, error }) => {
      if (mine !== question) return;
      // The cache reuses its answers; the store changes what it holds in place.
      if (data) page.value = structuredClone(options.connection(data)) ?? { nodes: [], pageInfo: { hasNextPage: false } };
      page.failedAt = error ? Date.now() : undefined;
      setHeld({ error });
      // A cached first page arrives while its page is being made; it is published once it is in the list.
      if (pages.includes(page)) publish();
    }).unsubscribe;
    return page;
  };
  const add = (after: string | null) => {
    const page = open(after);
    pages.push(page);
    publish();
  };

  createComputed(() => {
    const variables = options.variables();
    untrack(() => {
      question += 1;
      for (const page of pages) page.close();
      pages = [];
      asked = variables;
      if (!options.keep) setHeld(empty());
      if (variables !== null) {
        if (options.keep) setHeld({ error: undefined });
        const first = open(null);
        pages = [first];
        if (first.value) publish();
      }
    });
  });
  onCleanup(() => {
    question += 1;
    for (const page of pages) page.close();
  });

  const refetch = async () => {
    if (asked === null || pages.length === 0) return;
    const mine = question;
    const wanted = pages.length;
    const cursors: (string | null)[] = [];
    let after: string | null = null;
    for (let at = 0; at < wanted; at += 1) {
      const result: OperationResult<Data, Variables> = await client.executeQuery(request(after), { requestPolicy: 'network-only' }).toPromise();
      if (mine !== question) return;
      if (result.error || !result.data) {
        setHeld({ error: result.error, loading: false });
        return;
      }
      cursors.push(after);
      const info: ConnectionLike<Node>['pageInfo'] | undefined = options.connection(result.data)?.pageInfo;
      if (!info?.hasNextPage || !info.endCursor) break;
      after = info.endCursor;
    }
    const before = pages;
    const kept = new Set<Page<Node>>();
    const next = cursors.map((cursor) => {
      const same = before.find((page) => page.after === cursor);
      if (same) kept.add(same);
      return same ?? open(cursor, 'cache-first');
    });
    for (const page of before) if (!kept.has(page)) page.close();
    pages = next;
    setHeld({ error: undefined });
    publish();
  };
  if (options.concerns) refreshOn(options.concerns, () => void refetch(), () => REFRESH_MS_PER_PAGE * Math.max(1, pages.length));

  return {
    get nodes() {
      return held.nodes;
    },
    get loading() {
      return held.loading;
    },
    get error() {
      return held.error;
    },
    get more() {
      return held.more;
    },
    get loadingMore() {
      return held.loadingMore;
    },
    loadMore: () => {
      const failed = pages.at(-1)?.failedAt;
      if (failed !== undefined && pages.length > 1 && Date.now() - failed > RETRY_AFTER_MS) pages.pop()?.close();
      const last = pages.at(-1);
      if (last?.value?.pageInfo.hasNextPage && last.value.pageInfo.endCursor) add(last.value.pageInfo.endCursor);
    },
    refetch: () => void refetch(),
  };
}
