import { stringifyDocument, type AnyVariables, type TypedDocumentNode } from '@urql/core';

/** The server understood and declined, or what was asked for is not there: asking again changes nothing. */
export class Declined extends Error {
  override name = 'Declined';
}

/** One query past the cache, for what has no identity worth keeping: pages of a log, of a transcript. */
export async function ask<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
    body: JSON.stringify({ query: stringifyDocument(query), variables }),
    signal: signal ?? null,
  });
  const answer = (await response.json()) as { data?: Data | null; errors?: { message: string }[] };
  const error = answer.errors?.[0];
  if (error) throw response.status >= 500 ? new Error(error.message) : new Declined(error.message);
  if (!answer.data) throw new Error(`The server answered ${response.status}.`);
  return answer.data;
}
