import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { micros, moment } from '../money.ts';
import { dollars, plain } from '../print.ts';
import { companyId } from '../refs.ts';

const SetPriceMutation = graphql(`
  mutation SetPrice($input: SetPriceInput!) {
    setPrice(input: $input) { id provider model effectiveAt inputMicros cachedInputMicros outputMicros isApplied }
  }
`);

export const command = defineCommand({
  usage: 'price set PROVIDER MODEL --input USD --output USD [options]',
  about: 'Sets what a model costs per million tokens, over the list that comes with Boardroom. Uses since then are priced anew.',
  args: 2,
  flags: {
    input: { type: 'string', value: 'USD', about: 'dollars per million tokens read' },
    'cached-input': { type: 'string', value: 'USD', about: 'per million read from a cache (as --input)' },
    output: { type: 'string', value: 'USD', about: 'per million tokens written' },
    from: { type: 'string', value: 'TIME', about: 'for uses since then: 30d, a date or a time (now)' },
  },
  async run({ settings, flags, args, show }) {
    const [provider, model] = args;
    const { input, output, from } = flags;
    if (!provider || !model) throw new UsageError('say whose model, and which: price set anthropic claude-sonnet-4-5');
    if (input === undefined || output === undefined) throw new UsageError('--input and --output are needed');
    const { setPrice } = await ask(settings, SetPriceMutation, {
      input: {
        companyId: await companyId(settings), provider, model, effectiveAt: from ? moment('--from', from) : null,
        inputMicros: micros('--input', input), outputMicros: micros('--output', output), cachedInputMicros: flags['cached-input'] === undefined ? null : micros('--cached-input', flags['cached-input']),
      },
    });
    show(setPrice, () => `${plain(setPrice.provider)} ${plain(setPrice.model)}: ${dollars(setPrice.inputMicros)} in, ${dollars(setPrice.cachedInputMicros)} cached, ${dollars(setPrice.outputMicros)} out, since ${setPrice.effectiveAt}`);
  },
});
