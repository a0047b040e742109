import { setTimeout as sleep } from 'node:timers/promises';

export type Answer<T> = { kind: 'data'; data: T } | { kind: 'refused'; code: string; message: string } | { kind: 'failed'; why: string };

const PATIENCE_MS = 5_000;

/** One attempt. `failed` leaves open whether it was done. */
export async function attempt<T>(address: string, query: string, variables: Record<string, unknown>): Promise<Answer<T>> {
  try {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: { message: string; extensions?: { code?: string } }[] };
    const [error] = errors ?? [];
    if (!error) return { kind: 'data', data };
    const code = error.extensions?.code ?? 'INTERNAL';
    return code === 'INTERNAL' ? { kind: 'failed', why: error.message } : { kind: 'refused', code, message: error.message };
  } catch (error) {
    return { kind: 'failed', why: (error as Error).message };
  }
}

/** Asks until there is an answer, as a client with an idempotency key may. */
export async function insist<T>(
  address: string, query: string, variables: Record<string, unknown>, onFailure: (why: string) => void = () => undefined,
): Promise<Exclude<Answer<T>, { kind: 'failed' }>> {
  for (;;) {
    const answer = await attempt<T>(address, query, variables);
    if (answer.kind !== 'failed') return answer;
    onFailure(answer.why);
    await sleep(80);
  }
}
