import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { bold, columns, dim, dollars, plain } from '../print.ts';
import { companyId } from '../refs.ts';

const PriceListQuery = graphql(`
  query PriceList($company: String!) {
    company(ref: $company) {
      prices(first: 100) { nodes { id provider model effectiveAt inputMicros cachedInputMicros outputMicros isApplied } }
      costs { unpricedModels(first: 100) { nodes { provider model cost { eventCount } } } }
    }
    priceList { provider model effectiveAt inputMicros cachedInputMicros outputMicros }
  }
`);

interface Price { provider: string; model: string; effectiveAt: string; inputMicros: string; cachedInputMicros: string; outputMicros: string }

export const command = defineCommand({
  usage: 'price list [--shipped]',
  about: 'What models cost per million tokens: the prices that the board set, and models in use that no price is known for.',
  args: 0,
  flags: { shipped: { type: 'boolean', about: 'also the list that comes with Boardroom' } },
  async run({ settings, flags, show }) {
    const { company, priceList } = await ask(settings, PriceListQuery, { company: await companyId(settings) });
    const own = company?.prices.nodes ?? [];
    const unknown = company?.costs.unpricedModels.nodes ?? [];
    const shipped = flags.shipped ? priceList : [];
    show({ prices: own, unpricedModels: unknown, shipped }, () => {
      const head = ['PROVIDER', 'MODEL', 'FROM', 'INPUT', 'CACHED', 'OUTPUT', ''].map(dim);
      const rows = [
        ...own.map((price) => priceRow(price, price.isApplied ? 'set' : 'set; older events are being priced')), ...shipped.map((price) => priceRow(price, 'shipped')),
        ...unknown.map(({ provider, model, cost }) => [plain(provider ?? ''), bold(plain(model ?? '')), '', '', '', '', `unpriced, used ${cost.eventCount === 1 ? 'once' : `${cost.eventCount} times`}`]),
      ];
      return rows.length === 0 ? dim('no price was set, and every model in use has one') : columns([head, ...rows]);
    });
  },
});

function priceRow({ provider, model, effectiveAt, inputMicros, cachedInputMicros, outputMicros }: Price, note: string): string[] {
  return [plain(provider), bold(plain(model)), effectiveAt, dollars(inputMicros), dollars(cachedInputMicros), dollars(outputMicros), dim(note)];
}
