import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { explain, type Failure } from '../ui/failure.ts';
import { client } from './client.ts';

export type Outcome<Data> = { data: Data; failure: null } | { data: null; failure: Failure };

/** Does a mutation. A conflict is data; everything else that went wrong comes back as one sentence and its field. */
export async function mutate<Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Outcome<Data>> {
  const { data, error } = await client.mutation(document, variables).toPromise();
  if (error || data === undefined) return { data: null, failure: explain(error ?? new Error('the server gave no answer')) };
  return { data, failure: null };
}

/** Made once per form: the same press sent twice over a bad network creates one thing. */
export function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
