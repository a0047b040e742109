export interface Failure {
  message: string;
  code: string | undefined;
  field: string | undefined;
  requestId: string | undefined;
  /** The server was not reached at all. */
  offline: boolean;
}

interface GraphQLErrorLike {
  message: string;
  extensions?: { code?: unknown; field?: unknown; requestId?: unknown };
}

interface CombinedErrorLike {
  graphQLErrors?: GraphQLErrorLike[];
  networkError?: Error;
  response?: { status?: number; headers?: { get?: (name: string) => string | null } };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** One sentence for a person out of whatever went wrong, with what support would ask for. */
export function explain(error: unknown): Failure {
  const combined = (error ?? {}) as CombinedErrorLike;
  const first = combined.graphQLErrors?.[0];
  const requestId = text(first?.extensions?.requestId) ?? text(combined.response?.headers?.get?.('x-request-id'));
  if (first) {
    return { message: sentence(first.message), code: text(first.extensions?.code), field: text(first.extensions?.field), requestId, offline: false };
  }
  if (combined.networkError) {
    const status = combined.response?.status;
    const message = status ? `The server answered ${status}.` : 'The server does not answer.';
    return { message, code: undefined, field: undefined, requestId, offline: !status };
  }
  return { message: sentence(error instanceof Error ? error.message : String(error)), code: undefined, field: undefined, requestId, offline: false };
}

/** Server messages are clauses; a person reads sentences. */
export function sentence(clause: string): string {
  const trimmed = clause.trim();
  if (trimmed === '') return 'Something went wrong.';
  // A name such as adapterConfig keeps its spelling.
  const capital = /^[a-z]+[A-Z]/.test(trimmed) ? trimmed : trimmed[0]?.toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
