import { withoutTokens } from './secrets.ts';

/** Why a request is declined; each stands on `extensions.code` of the GraphQL error. */
export type RefusalCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RULE_VIOLATION'
  | 'RATE_LIMITED';

export interface RefusalExtras {
  /** The input field at fault, as a path: `adapterConfig.command`. */
  field?: string;
  /** More for programs: never a secret, never a row of another company. */
  details?: Record<string, unknown>;
}

/** A request that the company's rules decline. Its message is shown to the caller; a token that it quotes is not. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly field: string | undefined;
  readonly details: Record<string, unknown> | undefined;
  constructor(code: RefusalCode, message: string, extras: RefusalExtras = {}) {
    super(withoutTokens(message));
    this.code = code;
    this.field = extras.field;
    this.details = extras.details;
  }
}

/** The one answer to an id that is unknown or belongs to somebody else: a caller can not tell the two apart. */
export function notFound(what: string): Refusal {
  return new Refusal('NOT_FOUND', `no such ${what}`);
}

export function badInput(field: string, message: string): Refusal {
  return new Refusal('BAD_USER_INPUT', `${field}: ${message}`, { field });
}
