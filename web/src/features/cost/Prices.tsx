import { createMemo, createSignal, For, Show } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import type { CostSumFragment, PriceLineFragment } from '../../graphql/generated/graphql.ts';
import { createPages } from '../../graphql/pages.ts';
import { createView } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { compact, count, plural, utcDay } from '../../ui/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { tip } from '../../ui/Tooltip.tsx';
import { tokensOf } from './parts.ts';
import { condensed, priceWords } from './price.ts';
import { PriceDialog, type Pricing } from './PriceDialog.tsx';
import { PriceListQuery, PricesQuery } from './queries.ts';
import { about } from '../../graphql/live.ts';

export interface Unpriced {
  provider: string | null;
  model: string | null;
  cost: CostSumFragment;
}

/** What models cost: those that nobody knows a price of, those the board set, and the list that comes with Boardroom. */
export function Prices(props: { unpriced: readonly Unpriced[]; words: string; onChange: () => void }) {
  const company = useCompany();
  const [pricing, setPricing] = createSignal<Pricing>();
  const own = createPages({ query: PricesQuery, variables: () => ({ prefix: company.prefix, first: 50 }), connection: (data) => data.company?.prices, concerns: about('price', 'modelPrice') });
  const shipped = createView({ query: PriceListQuery, variables: () => ({}) });
  const list = createMemo(() => condensed(shipped.data?.priceList ?? []));
  return (
    <div class="prices">
      <p class="meta t3">What models cost, in dollars for a million tokens.</p>
      <Show when={props.unpriced.length > 0}>
        <Panel title="Unpriced" note={props.words} flush>
          <For each={props.unpriced}>
            {(part) => (
              <div class="price-missing">
                <span class="cut">
                  <b class="name">{part.model}</b> <span class="t3">{part.provider}</span>
                </span>
                <span class="meta t2 num">
                  {count(part.cost.unimputedCount)} {part.cost.unimputedCount === 1 ? 'use' : 'uses'}, {compact(tokensOf(part.cost))} tokens
                </span>
                <Button
                  size="small"
                  disabled={company.archived}
                  aria-label={`Set price for ${part.model}`}
                  onClick={() => setPricing({ provider: part.provider ?? '', model: part.model ?? '', uses: part.cost.unimputedCount })}
                >
                  Set price
                </Button>
              </div>
            )}
          </For>
        </Panel>
      </Show>
      <Panel
        title="Set by the board"
        note="come before the list"
        flush
        action={
          <Button size="small" kind="ghost" icon="plus" disabled={company.archived} onClick={() => setPricing({})}>
            Price
          </Button>
        }
      >
        <Show
          when={own.nodes.length > 0}
          fallback={
            <Show when={own.error} fallback={<p class="cost-none t3">{own.loading ? '' : 'None. Every model that is on the list below is priced by it.'}</p>}>
              <ErrorState what="Prices did not load" error={own.error} onRetry={own.refetch} />
            </Show>
          }
        >
          <PriceTable
            label="Prices set by the board"
            prices={own.nodes}
            onChange={(price) => !company.archived && setPricing({ provider: price.provider, model: price.model, inputMicros: price.inputMicros, cachedInputMicros: price.cachedInputMicros, outputMicros: price.outputMicros })}
          />
          <Show when={own.more}>
            <div class="cost-more">
              <Button size="small" kind="ghost" pending={own.loadingMore} onClick={() => own.loadMore()}>
                Show more
              </Button>
            </div>
          </Show>
        </Show>
      </Panel>
      <Panel title="The list" note="comes with Boardroom" flush>
        <Show when={list().length > 0} fallback={<Show when={shipped.error} fallback={<SkeletonRows rows={4} />}><ErrorState what="The price list did not load" error={shipped.error} onRetry={shipped.refetch} /></Show>}>
          <PriceTable label="The price list" prices={list()} />
        </Show>
      </Panel>
      <Show when={pricing()} keyed>
        {(of) => (
          <PriceDialog
            of={of}
            onClose={() => {
              setPricing(undefined);
              own.refetch();
              props.onChange();
            }}
          />
        )}
      </Show>
    </div>
  );
}

type Price = Pick<PriceLineFragment, 'provider' | 'model' | 'inputMicros' | 'cachedInputMicros' | 'outputMicros' | 'effectiveAt'> & { isApplied?: boolean; others?: readonly string[] };

function PriceTable<One extends Price>(props: { label: string; prices: readonly One[]; onChange?: (price: One) => void }) {
  const since = (at: string) => (Date.parse(at) <= Date.parse('2020-01-01T00:00:00Z') ? 'always' : utcDay(at));
  return (
    <div class="cost-scroll">
      <table class="cost-table price-table" aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col" class="price-provider">
              Provider
            </th>
            <th scope="col" class="cost-figure">
              Read
            </th>
            <th scope="col" class="cost-figure">
              From cache
            </th>
            <th scope="col" class="cost-figure">
              Written
            </th>
            <th scope="col" class="cost-figure price-since">
              Since
            </th>
            <Show when={props.onChange}>
              <th scope="col">
                <span class="unseen">Change</span>
              </th>
            </Show>
          </tr>
        </thead>
        <tbody>
          <For each={props.prices}>
            {(price) => (
              <tr>
                <th scope="row">
                  <span class="cost-name">
                    <span class="cut" title={price.model}>
                      {price.model}
                    </span>
                    <Show when={price.others?.length}>
                      <span class="meta t3 cut" {...tip(price.others?.join('\n') ?? '')}>
                        and {plural(price.others?.length ?? 0, 'other name')}
                      </span>
                    </Show>
                    <Show when={price.isApplied === false}>
                      <span class="meta t3">being applied</span>
                    </Show>
                  </span>
                </th>
                <td class="price-provider t2">{price.provider}</td>
                <td class="cost-figure">{priceWords(price.inputMicros)}</td>
                <td class="cost-figure">{priceWords(price.cachedInputMicros)}</td>
                <td class="cost-figure">{priceWords(price.outputMicros)}</td>
                <td class="cost-figure t3 price-since">{since(price.effectiveAt)}</td>
                <Show when={props.onChange}>
                  {(change) => (
                    <td class="cost-figure">
                      <Button size="small" kind="ghost" aria-label={`Change the price of ${price.model}`} onClick={() => change()(price)}>
                        Change
                      </Button>
                    </td>
                  )}
                </Show>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
