import { z } from 'zod';
import { boundedText } from '../bounded.ts';
import type { Outcome, Report } from '../contract.ts';
import type { Answer } from './exchange.ts';

// The fields of completeRun, so that a service says the same in an answer as in a callback. Counts may be strings, as
// JSON numbers lose digits beyond 2^53.
const count = z.union([z.number().int().min(0), z.string().regex(/^\d{1,18}$/)]).transform(BigInt);

const completion = z.object({
  outcome: z.enum(['SUCCEEDED', 'FAILED']).default('SUCCEEDED'),
  summary: z.string().nullish(),
  errorCode: z.string().max(100).nullish(),
  errorMessage: z.string().nullish(),
  usage: z.object({ inputTokens: count, cachedInputTokens: count.default(0n), outputTokens: count }).nullish(),
  costMicros: count.nullish(),
  provider: z.string().max(200).nullish(),
  model: z.string().max(200).nullish(),
});

const longestSummary = 2_000;

/** What the body of a 2xx answer says of the run: text is a summary, JSON may carry usage, cost and failure too. */
export function outcomeOfAnswer({ headers, body, isCut }: Answer): Outcome {
  if (!(headers['content-type'] ?? '').includes('json')) return { kind: 'succeeded', ...summary(body) };
  if (isCut) return invalid('the answer is longer than 1 MiB');
  if (body.trim() === '') return { kind: 'succeeded' };
  const parsed = completion.safeParse(parse(body));
  if (!parsed.success) {
    return invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`).join('; '));
  }
  const told = parsed.data;
  const report: Report = {
    ...summary(told.summary ?? ''),
    ...(told.usage ? { usage: told.usage } : {}),
    ...(told.costMicros === null || told.costMicros === undefined ? {} : { costMicros: told.costMicros }),
    ...(told.provider ? { provider: told.provider } : {}),
    ...(told.model ? { model: told.model } : {}),
  };
  if (told.outcome === 'SUCCEEDED') return { kind: 'succeeded', ...report };
  return { kind: 'failed', code: told.errorCode || 'REPORTED_FAILURE', message: boundedText(told.errorMessage || 'the agent reported a failure', longestSummary), ...report };
}

function summary(text: string): { summary?: string } {
  const trimmed = text.trim();
  return trimmed === '' ? {} : { summary: boundedText(trimmed, longestSummary) };
}

/** Not taken for a success: usage that nobody could read would go missing from the costs unseen. */
function invalid(message: string): Outcome {
  return {
    kind: 'failed', code: 'HTTP_RESPONSE_INVALID', message: boundedText(message, longestSummary), family: 'configuration',
    remedy: 'Answer with text, or with a JSON object of outcome, summary, usage, costMicros, provider and model.',
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
