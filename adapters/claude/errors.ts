import type { ErrorFamily, ProcessExit } from '../contract.ts';
import { describeExit, failureOfExit } from '../plain-reader.ts';
import type { ClaudeErrorCode } from './error-classes.ts';
import { errorClassOf } from './error-classes.ts';
import { resetTimeIn } from './reset-time.ts';
import type { StreamLine } from './stream.ts';

/** Everything the end of a run is judged by. What the agent said or quoted on the way is not among it. */
export interface Evidence {
  exit: ProcessExit;
  /** The last `result` line. */
  result: StreamLine | null;
  /** Why the last request to the model failed, in the program's own classes; null if it did not. */
  requestError: string | null;
  /** When the usage limit that was last reported as exceeded resets. */
  limitResetsAt: Date | null;
  /** The end of standard error. */
  stderr: string;
  isResumed: boolean;
  now: Date;
}

export interface Failure {
  /** A ClaudeErrorCode, or what is said of any process of which only the exit is known. */
  code: string;
  message: string;
  remedy?: string;
  family?: ErrorFamily;
  retryNotBefore?: string;
  /** The conversation is of no use any more. */
  forgetsSession?: boolean;
  /** And nothing was done yet, so the run may start over without it. */
  retryFresh?: boolean;
}

/** Why a run failed; null when it did not. What the program stated as data decides, its prose only where there is none. */
export function failureOf(evidence: Evidence): Failure | null {
  const { result, exit } = evidence;
  if (result === null) return failureWithoutResult(evidence);
  if (result.is_error !== true) return null;
  const message = messageOf(result) || describeExit(exit);
  const code = codeOfSubtype(result) ?? codeOfRequest(evidence, message) ?? 'CLAUDE_FAILED';
  return failure(code, message, evidence);
}

function codeOfSubtype({ subtype, stop_reason }: StreamLine): ClaudeErrorCode | null {
  if (subtype === 'error_max_turns') return 'MAX_TURNS_EXHAUSTED';
  if (subtype === 'error_max_budget_usd') return 'MAX_BUDGET_EXHAUSTED';
  if (stop_reason === 'refusal') return 'CLAUDE_REFUSAL';
  return null;
}

/** From the class of the failed request and its HTTP status; the text of the final result only tells apart what they leave open. */
function codeOfRequest({ requestError, result }: Evidence, message: string): ClaudeErrorCode | null {
  switch (requestError) {
    case 'authentication_failed':
    case 'oauth_org_not_allowed':
      return 'CLAUDE_AUTH_REQUIRED';
    case 'billing_error':
      return 'CLAUDE_BILLING';
    case 'model_not_found':
      return 'MODEL_NOT_FOUND';
    case 'rate_limit':
      return 'PROVIDER_QUOTA';
    case 'overloaded':
    case 'server_error':
      return 'CLAUDE_TRANSIENT_UPSTREAM';
    default:
      return codeOfText(message) ?? codeOfStatus(result?.api_error_status ?? null);
  }
}

function codeOfStatus(status: number | null): ClaudeErrorCode | null {
  if (status === null) return null;
  if (status === 401 || status === 403) return 'CLAUDE_AUTH_REQUIRED';
  if (status === 404) return 'MODEL_NOT_FOUND';
  if (status === 429) return 'PROVIDER_QUOTA';
  if (status === 408 || status >= 500) return 'CLAUDE_TRANSIENT_UPSTREAM';
  return status >= 400 ? 'CLAUDE_REQUEST_INVALID' : null;
}

const texts: readonly (readonly [RegExp, ClaudeErrorCode])[] = [
  [/no conversation found with session id/i, 'CLAUDE_SESSION_UNKNOWN'],
  [/previous_message_id/i, 'CLAUDE_POISONED_PREVIOUS_MESSAGE_ID'],
  [/prompt is too long|exceeds? the (?:model's )?context/i, 'CLAUDE_CONTEXT_EXHAUSTED'],
  [/not logged in|please run \/login|claude auth login|invalid api key|oauth token (?:has )?(?:expired|been revoked)/i, 'CLAUDE_AUTH_REQUIRED'],
  [/credit balance is too low/i, 'CLAUDE_BILLING'],
  [/(?:usage|session|weekly|5-hour) limit/i, 'PROVIDER_QUOTA'],
  [/cannot be used with root\/sudo/i, 'CLAUDE_ROOT_REFUSED'],
  [/^error: (?:unknown option|option '.*' argument .* is invalid)/im, 'CLAUDE_BAD_ARGUMENTS'],
  [/econnrefused|enotfound|econnreset|etimedout|unable to connect|connection error|fetch failed/i, 'CLAUDE_TRANSIENT_UPSTREAM'],
];

function codeOfText(message: string): ClaudeErrorCode | null {
  return texts.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}

function failureWithoutResult(evidence: Evidence): Failure {
  const { exit, stderr } = evidence;
  const lastLine = stderr.trimEnd().split('\n').at(-1)?.trim();
  const code = codeOfText(stderr);
  if (code !== null) return failure(code, lastLine || describeExit(exit), evidence);
  if (exit.code === 0) return failure('CLAUDE_NO_RESULT', 'Claude Code ended without a result', evidence);
  const plain = failureOfExit(exit);
  return { ...plain, message: lastLine ? `${plain.message}: ${lastLine}` : plain.message };
}

function failure(code: ClaudeErrorCode, message: string, { isResumed, result, limitResetsAt, now }: Evidence): Failure {
  const { remedy, family, forgetsSession, retryFresh } = errorClassOf(code);
  const resetsAt = code === 'PROVIDER_QUOTA' ? (limitResetsAt ?? resetTimeIn(message, now)) : null;
  // A conversation that broke after some turns may have done half of the work: a person or a later wake decides, no blind retry.
  const isUntouched = (result?.num_turns ?? 0) <= 1;
  return {
    code, message,
    remedy: resetsAt === null ? remedy : `${remedy} It resets at ${resetsAt.toISOString()}.`,
    ...(family === undefined ? {} : { family }),
    ...(forgetsSession ? { forgetsSession } : {}),
    ...(retryFresh && isResumed && isUntouched ? { retryFresh } : {}),
    ...(resetsAt === null ? {} : { retryNotBefore: resetsAt.toISOString() }),
  };
}

function messageOf(result: StreamLine): string {
  return (result.result ?? '').trim() || (result.errors ?? []).join('\n').trim();
}
