import type { Price } from './rules.ts';

/**
 * What providers list for their models, in dollars per million tokens (input, cached input, output), from the day on that a
 * model or a price was published. Taken from the providers' public price pages: standard tier, short contexts, pay as you go. All
 * of them until November 2025; since then Anthropic's as of November 2026 (platform.claude.com, the price page and that of each
 * model), and of OpenAI and Google those models whose prices GitHub's documentation (models-and-pricing.yml, what Copilot's tokens
 * cost) and a second source give alike. A day in doubt is the earliest possible: before it nobody could use the model. A name stands for itself and for its dated versions (`gpt-5` also for `gpt-5-2025-08-07`), never
 * for a model that comes later: a price that nobody has looked up is unknown, not guessed. The owner's own prices come first.
 */
type Entry = readonly [model: string, from: string, input: string, cachedInput: string, output: string];

const anthropic: Entry[] = [
  // For prompts of up to 100,000 tokens; longer ones cost five times as much.
  ['claude-haiku-5-5', '2026-10-07', '0.1', '0.01', '0.5'],
  ['claude-sonnet-5-5', '2026-10-07', '2', '0.1', '10'],
  ['claude-sonnet-5-5', '2026-09-24', '2', '0.2', '10'],
  ['claude-opus-5-5', '2026-09-22', '4', '0.2', '20'],
  ['claude-fable-5-1', '2026-09-01', '10', '0.25', '50'],
  ['claude-opus-5', '2026-07-24', '5', '0.5', '25'],
  ['claude-sonnet-5', '2026-06-30', '2', '0.2', '10'],
  ['claude-fable-5', '2026-06-09', '10', '1', '50'],
  ['claude-opus-4-8', '2026-05-28', '5', '0.5', '25'],
  ['claude-opus-4-7', '2026-04-15', '5', '0.5', '25'],
  ['claude-sonnet-4-6', '2026-02-17', '3', '0.3', '15'],
  ['claude-opus-4-6', '2026-02-05', '5', '0.5', '25'],
  ['claude-opus-4-5', '2025-11-24', '5', '0.5', '25'],
  ['claude-haiku-4-5', '2025-10-15', '1', '0.1', '5'],
  ['claude-sonnet-4-5', '2025-09-29', '3', '0.3', '15'],
  ['claude-opus-4-1', '2025-08-05', '15', '1.5', '75'],
  ['claude-opus-4', '2025-05-22', '15', '1.5', '75'],
  ['claude-opus-4-0', '2025-05-22', '15', '1.5', '75'],
  ['claude-sonnet-4', '2025-05-22', '3', '0.3', '15'],
  ['claude-sonnet-4-0', '2025-05-22', '3', '0.3', '15'],
  ['claude-3-7-sonnet', '2025-02-24', '3', '0.3', '15'],
  ['claude-3-7-sonnet-latest', '2025-02-24', '3', '0.3', '15'],
  ['claude-3-5-haiku', '2024-12-05', '0.8', '0.08', '4'],
  ['claude-3-5-haiku-latest', '2024-12-05', '0.8', '0.08', '4'],
  ['claude-3-haiku', '2024-03-13', '0.25', '0.03', '1.25'],
];

const openai: Entry[] = [
  ['gpt-5.5', '2026-04-01', '5', '0.5', '30'],
  ['gpt-5.4', '2026-03-01', '2.5', '0.25', '15'],
  ['gpt-5.4-mini', '2026-03-01', '0.75', '0.075', '4.5'],
  ['gpt-5.4-nano', '2026-03-01', '0.2', '0.02', '1.25'],
  ['gpt-5.3-codex', '2026-02-01', '1.75', '0.175', '14'],
  ['gpt-5.2-codex', '2025-12-11', '1.75', '0.175', '14'],
  ['gpt-5.2', '2025-12-11', '1.75', '0.175', '14'],
  ['gpt-5.1', '2025-11-13', '1.25', '0.125', '10'],
  ['gpt-5.1-codex', '2025-11-13', '1.25', '0.125', '10'],
  ['gpt-5.1-codex-mini', '2025-11-13', '0.25', '0.025', '2'],
  ['gpt-5-pro', '2025-10-06', '15', '15', '120'],
  ['gpt-5-codex', '2025-09-23', '1.25', '0.125', '10'],
  ['gpt-5', '2025-08-07', '1.25', '0.125', '10'],
  ['gpt-5-mini', '2025-08-07', '0.25', '0.025', '2'],
  ['gpt-5-nano', '2025-08-07', '0.05', '0.005', '0.4'],
  ['o3', '2025-06-10', '2', '0.5', '8'],
  ['o3', '2025-04-16', '10', '2.5', '40'],
  ['o3-pro', '2025-06-10', '20', '20', '80'],
  ['o4-mini', '2025-04-16', '1.1', '0.275', '4.4'],
  ['codex-mini-latest', '2025-05-16', '1.5', '0.375', '6'],
  ['gpt-4.1', '2025-04-14', '2', '0.5', '8'],
  ['gpt-4.1-mini', '2025-04-14', '0.4', '0.1', '1.6'],
  ['gpt-4.1-nano', '2025-04-14', '0.1', '0.025', '0.4'],
  ['gpt-4o', '2024-10-01', '2.5', '1.25', '10'],
  ['gpt-4o-mini', '2024-10-01', '0.15', '0.075', '0.6'],
];

const google: Entry[] = [
  ['gemini-3.1-pro-preview', '2026-02-19', '2', '0.2', '12'],
  ['gemini-3-flash-preview', '2025-12-17', '0.5', '0.05', '3'],
  ['gemini-3-pro-preview', '2025-11-18', '2', '0.2', '12'],
  ['gemini-2.5-pro', '2025-06-17', '1.25', '0.125', '10'],
  ['gemini-2.5-flash', '2025-06-17', '0.3', '0.03', '2.5'],
  ['gemini-2.5-flash-lite', '2025-07-22', '0.1', '0.01', '0.4'],
  ['gemini-2.0-flash', '2025-02-05', '0.1', '0.025', '0.4'],
];

export const priceList: readonly Price[] = Object.entries({ anthropic, openai, google }).flatMap(([provider, entries]) =>
  entries.flatMap(([model, from, input, cachedInput, output]) =>
    [model, `${model}-20*`].map((name) => ({
      provider, model: name, from: new Date(`${from}T00:00:00.000Z`),
      inputMicros: micros(input), cachedInputMicros: micros(cachedInput), outputMicros: micros(output),
    }))),
);

/** Dollars as whole millionths, by their digits. */
function micros(dollars: string): bigint {
  const [whole, part = ''] = dollars.split('.');
  return BigInt(`${whole}${part.padEnd(6, '0')}`);
}
