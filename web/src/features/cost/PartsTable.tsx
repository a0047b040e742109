import { createSignal, For, Show, type JSX } from 'solid-js';
import type { CostSumFragment } from '../../graphql/generated/graphql.ts';
import type { Pages } from '../../graphql/pages.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { compact, count, money, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Bone, Delayed } from '../../ui/Skeleton.tsx';
import { tip } from '../../ui/Tooltip.tsx';
import { inBasis, tokensOf, type Basis } from './parts.ts';

interface Part {
  id: string;
  cost: CostSumFragment;
}

/** What a span cost, by one of the ways to part it; dearest first. With `inside`, a part opens on what it is made of. */
export function PartsTable<One extends Part>(props: {
  title: string;
  /** What a row is: "Agent". */
  head: string;
  note?: JSX.Element;
  pages: Pages<One>;
  basis: Basis;
  /** The whole, which shares are of. */
  total: bigint;
  name: (part: One) => JSX.Element;
  /** The same in words, for who does not see it. */
  words: (part: One) => string;
  inside?: (part: One) => JSX.Element;
}) {
  const [open, setOpen] = createSignal<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => setOpen((before) => (before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id])));
  return (
    <Panel title={props.title} note={props.note} flush>
      <Show
        when={props.pages.nodes.length > 0}
        fallback={
          <Show when={!props.pages.loading} fallback={<TableBones />}>
            <Show when={!props.pages.error} fallback={<ErrorState what={`${props.title} did not load`} error={props.pages.error} onRetry={props.pages.refetch} />}>
              <p class="cost-none t3">Nothing in these days.</p>
            </Show>
          </Show>
        }
      >
        <div class="cost-scroll">
          <table class="cost-table" aria-label={props.title}>
            <Head name={props.head} />
            <tbody>
              <For each={props.pages.nodes}>
                {(part) => (
                  <>
                    <tr>
                      <th scope="row">
                        <span class="cost-name">
                          <Show when={props.inside}>
                            <button
                              type="button"
                              class="button ghost small square cost-fold"
                              aria-expanded={open().has(part.id)}
                              aria-label={`${props.words(part)}, by model`}
                              onClick={() => toggle(part.id)}
                            >
                              <Icon name={open().has(part.id) ? 'down' : 'right'} class="t3" />
                            </button>
                          </Show>
                          {props.name(part)}
                        </span>
                      </th>
                      <Figures cost={part.cost} />
                      <td class="cost-share">
                        <Share value={inBasis(part.cost, props.basis)} total={props.total} />
                      </td>
                    </tr>
                    <Show when={open().has(part.id)}>{props.inside?.(part)}</Show>
                  </>
                )}
              </For>
            </tbody>
          </table>
        </div>
        <Show when={props.pages.more}>
          <div class="cost-more">
            <Button size="small" kind="ghost" pending={props.pages.loadingMore} onClick={() => props.pages.loadMore()}>
              Show more
            </Button>
          </div>
        </Show>
      </Show>
    </Panel>
  );
}

function Head(props: { name: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{props.name}</th>
        <FigureHeads />
        <th scope="col" class="cost-share">
          Share
        </th>
      </tr>
    </thead>
  );
}

/** The heads over the cells of a sum, in their order. */
export function FigureHeads() {
  return (
    <>
      <th scope="col" class="cost-figure cost-runs">
        Runs
      </th>
      <th scope="col" class="cost-figure cost-tokens">
        Tokens
      </th>
      <th scope="col" class="cost-figure">
        Billed
      </th>
      <th scope="col" class="cost-figure">
        Worth
      </th>
    </>
  );
}

/** The cells of a sum. What is not priced is said in it: nothing unknown looks like nothing spent. */
export function Figures(props: { cost: CostSumFragment }) {
  return (
    <>
      <td class="cost-figure cost-runs">{count(props.cost.runCount)}</td>
      <td class="cost-figure cost-tokens">{compact(tokensOf(props.cost))}</td>
      <td class="cost-figure cost-billed">
        <Priced micros={props.cost.costMicros} missing={props.cost.unpricedCount} all={props.cost.eventCount} />
      </td>
      <td class="cost-figure">
        <Priced micros={props.cost.imputedMicros} missing={props.cost.unimputedCount} all={props.cost.eventCount} />
      </td>
    </>
  );
}

/** A sum of what has a price; where some has none, a plus and how many; where none has, no figure at all. */
export function Priced(props: { micros: string; missing: number; all: number }) {
  return (
    <Show when={props.missing < props.all || props.all === 0} fallback={<span class="warn" {...tip(`${plural(props.missing, 'use')} unpriced: no price of the model is known`)}>unpriced</span>}>
      {money(props.micros)}
      <Show when={props.missing > 0}>
        <span class="warn cost-plus" {...tip(`and ${plural(props.missing, 'use')} unpriced: no price of the model is known`)}>
          <span aria-hidden="true">+</span>
          <span class="unseen"> and {plural(props.missing, 'use')} unpriced</span>
        </span>
      </Show>
    </Show>
  );
}

function Share(props: { value: bigint; total: bigint }) {
  const percent = () => (props.total > 0n ? Number((props.value * 1000n) / props.total) / 10 : 0);
  return (
    <span class="cost-bar" role="img" aria-label={`${percent()}%`} {...tip(`${percent()}%`)}>
      <i style={{ width: `${percent()}%` }} />
    </span>
  );
}

function TableBones() {
  return (
    <Delayed>
      <div aria-busy="true" aria-label="Loading">
        <For each={['46%', '38%', '52%']}>
          {(width) => (
            <div class="row">
              <Bone width={width} />
              <Bone width="48px" class="end" />
            </div>
          )}
        </For>
      </div>
    </Delayed>
  );
}
