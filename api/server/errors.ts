import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { Refusal, type RefusalCode } from '../../schema/shared/refusal.ts';
import { withoutSuggestions } from './limits.ts';

const statuses: Record<RefusalCode, number> = {
  BAD_USER_INPUT: 400, UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409, RULE_VIOLATION: 422, RATE_LIMITED: 429,
};

/** A refusal as a GraphQL error: code, field and details on extensions, and the HTTP status that goes with the code. */
export function refusalError(refusal: Refusal, from?: GraphQLError): GraphQLError {
  const { code, field, details } = refusal;
  return new GraphQLError(refusal.message, {
    ...(from ? { nodes: from.nodes, path: from.path } : {}),
    extensions: { code, ...(field ? { field } : {}), ...(details ? { details } : {}), http: { status: statuses[code] } },
  });
}

/** What callers see of an error: refusals and mistakes in the query as they are, all else masked, and logged under the request's id. */
export function errorMask(log: Logger, requestIdOf: () => string) {
  return (error: unknown): Error => {
    if (error instanceof Refusal) return refusalError(error);
    if (error instanceof GraphQLError) {
      const cause = error.originalError;
      if (cause instanceof Refusal) return refusalError(cause, error);
      if (!cause || cause instanceof GraphQLError) return mistake(error);
    }
    const requestId = requestIdOf();
    log.error({ err: error instanceof GraphQLError ? (error.originalError ?? error) : error, requestId }, 'a request failed');
    return new GraphQLError('something went wrong here; it is logged under the request id', {
      ...(error instanceof GraphQLError ? { path: error.path } : {}), extensions: { code: 'INTERNAL', requestId, http: { status: 500 } },
    });
  };
}

/** A mistake of the query's writer: no GraphQL, a wrong field, a value of the wrong type, a limit. Callers know it by one code. */
export function mistake(error: GraphQLError): GraphQLError {
  const { code, http = { status: 400, spec: true } } = error.extensions as { code?: unknown; http?: { status?: number } };
  return new GraphQLError(withoutSuggestions(error.message), {
    nodes: error.nodes, path: error.path, source: error.source, positions: error.positions,
    extensions: {
      code: typeof code === 'string' && code in statuses ? code : 'BAD_USER_INPUT', 
      // What is no request at all is told by the status in any media type, and not only in the one that GraphQL has (spec).
      http: code === 'BAD_REQUEST' ? { status: http.status ?? 400 } : http,
    },
  });
}

/**
 * A status tells of the answer as a whole. Where part of it came, it is 200 and the errors of the rest are in the body, as
 * GraphQL over HTTP demands.
 */
export function statusOfPart(): Plugin {
  return {
    onResultProcess({ result }) {
      if (Array.isArray(result) || !('data' in result) || !result.data) return;
      for (const error of result.errors ?? []) delete (error.extensions as { http?: unknown }).http;
    },
  };
}
