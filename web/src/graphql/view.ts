import { createRequest, type AnyVariables, type CombinedError, type OperationContext, type TypedDocumentNode } from '@urql/core';
import { createComputed, createSignal, onCleanup, untrack } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';
import { client } from './client.ts';
import { refreshOn, type Concerns } from './live.ts';

export interface View<Data> {
  /** The newest answer; undefined before the first one and after the variables have changed. */
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  /** True while there is nothing to show yet. */
  readonly loading: boolean;
  /** Asks the server again; what is shown stays until the answer is there. */
  refetch: () => void;
}

interface Held<Data> {
  data: Data | undefined;
  error: CombinedError | undefined;
  loading: boolean;
}

/**
 * A query that a component shows, kept current: the cache updates it when a mutation or an event changes something in it,
 * and it asks again when an event `concerns` it. Variables of `null` put it to rest.
 */
export function createView<Data, Variables extends AnyVariables>(options: {
  query: TypedDocumentNode<Data, Variables>;
  variables: () => Variables | null;
  concerns?: Concerns;
  /** Shows the old answer until the new one is there when variables change: for filters, not for pages of another thing. */
  keep?: boolean;
}): View<Data> {
  const [held, setHeld] = createStore<Held<Data>>({ data: undefined, error: undefined, loading: true });
  const [asked, setAsked] = createSignal(0);
  let policy: OperationContext['requestPolicy'] | undefined;

  createComputed(() => {
    const variables = options.variables();
    asked();
    const fresh = policy;
    policy = undefined;
    if (!fresh && !options.keep) setHeld({ data: undefined, error: undefined, loading: true });
    if (variables === null) return;
    const { unsubscribe } = untrack(() =>
      client.executeQuery(createRequest(options.query, variables), fresh ? { requestPolicy: fresh } : undefined).subscribe(({ data, error, stale }) => {
        // A failed refresh keeps what is shown and says so beside it. The cache reuses its answers: what is shown is a copy.
        if (data !== undefined && data !== null) setHeld('data', reconcile(structuredClone(data) as Data, { key: 'id' }) as never);
        setHeld({ error, loading: !stale && !error && !data });
      }),
    );
    onCleanup(unsubscribe);
  });

  const refetch = () => {
    policy = 'network-only';
    setAsked((times) => times + 1);
  };
  if (options.concerns) refreshOn(options.concerns, refetch);

  return {
    get data() {
      return held.data;
    },
    get error() {
      return held.error;
    },
    get loading() {
      return held.loading && held.data === undefined;
    },
    refetch,
  };
}

/** A plain copy of something read from a view, for code that compares or stores it. */
export const plain = <T>(value: T): T => unwrap(value);
