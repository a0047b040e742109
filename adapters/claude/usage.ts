import type { Report, Usage } from '../contract.ts';
import type { ClaudeConfig } from './config.ts';
import type { StreamLine, TokenCounts } from './stream.ts';

/** Tokens of the whole run: the sum over its models, else the plain count. Undefined when nothing was used. */
export function usageOf(result: StreamLine): Usage | undefined {
  const models = Object.values(result.modelUsage ?? {});
  if (models.length === 0) return usageOfCounts([result.usage ?? {}]);
  return usageOfCounts(models.map((model) => ({
    input_tokens: model.inputTokens ?? 0,
    cache_creation_input_tokens: model.cacheCreationInputTokens ?? 0,
    cache_read_input_tokens: model.cacheReadInputTokens ?? 0,
    output_tokens: model.outputTokens ?? 0,
  })));
}

/** Writing to the cache is input that was paid for, reading from it is not the same price: only the latter counts as cached. */
export function usageOfCounts(counts: readonly TokenCounts[]): Usage | undefined {
  const usage = { inputTokens: 0n, cachedInputTokens: 0n, outputTokens: 0n };
  for (const count of counts) {
    usage.inputTokens += tokens(count.input_tokens) + tokens(count.cache_creation_input_tokens);
    usage.cachedInputTokens += tokens(count.cache_read_input_tokens);
    usage.outputTokens += tokens(count.output_tokens);
  }
  return usage.inputTokens + usage.cachedInputTokens + usage.outputTokens === 0n ? undefined : usage;
}

/** Millionths of a dollar; undefined for no price, which zero for used tokens also means. */
export function costMicrosOf(result: StreamLine): bigint | undefined {
  const usd = result.total_cost_usd;
  if (usd === undefined || usd <= 0) return undefined;
  const micros = Math.round(usd * 1e6);
  return Number.isSafeInteger(micros) ? BigInt(micros) : undefined; // nothing costs so much
}

/** What the stream told about who pays. */
export interface Payment {
  apiKeySource: string | undefined;
  /** Limits of a subscription were mentioned. */
  isSubscription: boolean;
  isOverage: boolean;
}

/**
 * Claude Code computes a price in any case, and knows more for it than is told here: which tokens were written to a cache and for
 * how long, and which model used which. Under a subscription nobody is billed that price, so there it is told as what it is worth.
 */
export function billingTypeOf(payment: Payment, config: ClaudeConfig): NonNullable<Report['billingType']> {
  if (payment.apiKeySource === undefined) return 'UNKNOWN';
  if (payment.apiKeySource !== 'none' && payment.apiKeySource !== 'oauth') return 'METERED_API';
  if (payment.isOverage) return 'SUBSCRIPTION_OVERAGE';
  if (payment.isSubscription) return 'SUBSCRIPTION_INCLUDED';
  const isElsewhere = ['ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX'].some((name) => config.env[name]);
  return isElsewhere ? 'METERED_API' : 'SUBSCRIPTION_INCLUDED';
}

/** Whose models they are, and who sends the bill for them. */
export function providerOf(config: ClaudeConfig): { provider: string; biller: string } {
  if (config.env['CLAUDE_CODE_USE_BEDROCK']) return { provider: 'anthropic', biller: 'aws_bedrock' };
  if (config.env['CLAUDE_CODE_USE_VERTEX']) return { provider: 'anthropic', biller: 'google_vertex' };
  return { provider: 'anthropic', biller: 'anthropic' };
}

function tokens(count: number | undefined): bigint {
  return count !== undefined && Number.isSafeInteger(count) && count > 0 ? BigInt(count) : 0n;
}
