import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import { ask } from '../../../graphql/ask.ts';
import { graphql } from '../../../graphql/generated/gql.ts';
import { watchOutput } from '../log/source.ts';
import type { Entry } from './entry.ts';

const TranscriptPage = graphql(`
  query TranscriptPage($runId: ID!, $after: Cursor, $first: Int!) {
    run(id: $runId) {
      id
      transcript(after: $after, first: $first) {
        nodes { cursor seq kind at text tool toolCallId isError data }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

const ENTRIES_PER_PAGE = 100;
const GATHER_MS = 120;
const RETRY_MS = 2_000;

export interface Transcript {
  entries: Accessor<readonly Entry[]>;
  /** All there was when it was asked has been read. */
  complete: Accessor<boolean>;
  error: Accessor<unknown>;
  retry: () => void;
}

/**
 * A run's transcript, read in pages and then kept up: what a live run prints wakes it to ask for what is new. It does not
 * listen where the adapter makes no transcript (`speaks`), since every byte of output would wake it for nothing.
 */
export function createTranscript(options: { runId: Accessor<string>; live: Accessor<boolean>; speaks: Accessor<boolean> }): Transcript {
  const [entries, setEntries] = createSignal<readonly Entry[]>([]);
  const [complete, setComplete] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  let after: string | null = null;
  let reading = false;
  let again = false;
  let abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const read = async (): Promise<void> => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    const { signal } = abort;
    try {
      do {
        again = false;
        for (let more = true; more; ) {
          const { run } = await ask(TranscriptPage, { runId: options.runId(), after, first: ENTRIES_PER_PAGE }, signal);
          if (signal.aborted) return;
          const page = run?.transcript;
          if (page?.nodes.length) setEntries((before) => [...before, ...page.nodes]);
          after = page?.pageInfo.endCursor ?? after;
          more = page?.pageInfo.hasNextPage ?? false;
        }
      } while (again);
      setError(undefined);
      setComplete(true);
    } catch (reason) {
      if (signal.aborted) return;
      setError(reason);
      if (options.live()) soon(RETRY_MS);
    } finally {
      if (!signal.aborted) reading = false;
    }
  };
  const soon = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void read();
    }, ms);
  };

  createEffect(
    on(options.runId, () => {
      abort.abort();
      abort = new AbortController();
      reading = false;
      after = null;
      setEntries([]);
      setComplete(false);
      void read();
    }),
  );
  createEffect(() => {
    if (!options.live() || !options.speaks()) return;
    onCleanup(watchOutput(options.runId(), () => soon(GATHER_MS)));
    // What was printed between the first page and the first wake.
    onCleanup(() => soon(0));
    soon(GATHER_MS);
  });
  onCleanup(() => {
    abort.abort();
    clearTimeout(timer);
  });

  return { entries, complete, error, retry: () => void read() };
}
