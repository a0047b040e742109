import { For, Show, type JSX } from 'solid-js';
import type { Pages } from '../graphql/pages.ts';
import { Button } from './Button.tsx';
import { ErrorState } from './ErrorState.tsx';
import { SkeletonRows } from './Skeleton.tsx';

/** A list read page by page, with its empty, loading and error states. */
export function MoreList<Item>(props: {
  what: string;
  pages: Pages<Item>;
  empty: JSX.Element;
  children: (item: Item) => JSX.Element;
}) {
  return (
    <For
      each={props.pages.nodes}
      fallback={
        <Show when={!props.pages.loading} fallback={<SkeletonRows rows={5} />}>
          <Show when={!props.pages.error} fallback={<ErrorState what={`${props.what} did not load`} error={props.pages.error} onRetry={props.pages.refetch} />}>
            {props.empty}
          </Show>
        </Show>
      }
    >
      {(item, at) => (
        <>
          {props.children(item)}
          <Show when={at() === props.pages.nodes.length - 1 && props.pages.more}>
            <div class="more-row">
              <Button size="small" kind="ghost" pending={props.pages.loadingMore} onClick={() => props.pages.loadMore()}>
                Show more
              </Button>
            </div>
          </Show>
        </>
      )}
    </For>
  );
}
