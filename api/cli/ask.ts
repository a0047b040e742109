import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './failure.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import type { Settings } from './settings.ts';

/** How long an agent inside a run waits for an API that is being restarted. A person is told at once. */
const patienceMs = 30_000;

export interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string; field?: string; details?: unknown } }[];
}

export interface Asking {
  /** The request changes something and carries no key: it is not sent twice when it is unknown whether it arrived. */
  once?: boolean;
}

/** Asks a typed document and returns its data; an error of the API is raised with its code. */
export async function ask<R, V>(
  settings: Settings,
  document: TypedDocumentString<R, V>,
  variables: NoInfer<V>,
  asking: Asking = {},
): Promise<R> {
  const answer = await post(settings, { query: document.toString(), variables }, asking);
  const error = answer.errors?.[0];
  if (error) throw apiError(error);
  return answer.data as R;
}

/** The first error of an answer, in our own shape. */
export function apiError(error: NonNullable<Answer['errors']>[number]): ApiError {
  const { code, field, details } = error.extensions ?? {};
  return new ApiError(code ?? 'INTERNAL_SERVER_ERROR', error.message, field, details);
}

/** Headers of every request: JSON, the key when there is one, and the run, which a long-lived key does not say by itself. */
export function headers({ apiKey, run }: Settings, accept: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept,
    ...(apiKey && { authorization: `Bearer ${apiKey}` }),
    ...(apiKey && run && { 'x-boardroom-run-id': run }),
  };
}

/** Sends one GraphQL request, again while the API is away if that can do no harm. */
export async function post(settings: Settings, body: object, { once = false }: Asking = {}): Promise<Answer> {
  const giveUpAt = settings.run ? Date.now() + patienceMs : 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(`${settings.apiUrl}/graphql`, {
        method: 'POST',
        headers: headers(settings, 'application/graphql-response+json, application/json'),
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patienceMs),
      });
      return await readAnswer(response);
    } catch (error) {
      const harmless = neverArrived(error) || !once;
      if (error instanceof ApiError || !harmless || Date.now() > giveUpAt) throw unreachable(settings, error);
      await sleep(Math.min(100 * 2 ** attempt, 2_000));
    }
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer;
  } catch {
    throw new ApiError('UNREACHABLE', `the address answered ${response.status} and no JSON; is it Boardroom's?`);
  }
}

function neverArrived(error: unknown): boolean {
  return causeCode(error) === 'ECONNREFUSED';
}

function causeCode(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return cause?.code;
}

/** Any failure of the way to the API, said so that a person knows what to do. */
export function unreachable(settings: Settings, error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const why = causeCode(error) ?? (error instanceof Error ? error.message : String(error));
  return new ApiError('UNREACHABLE', `no answer from ${settings.apiUrl} (${why}); is Boardroom running there?`);
}
