import type { ErrorFamily } from '../contract.ts';

export type ClaudeErrorCode = keyof typeof classes;

export interface ErrorClass {
  /** What a person can do. */
  remedy: string;
  family?: ErrorFamily;
  /** The conversation is of no use any more. */
  forgetsSession?: boolean;
  /** Nothing but the conversation is wrong: where nothing was done yet, the run may start over without it. */
  retryFresh?: boolean;
}

const classes = {
  CLAUDE_AUTH_REQUIRED: {
    family: 'auth',
    remedy: 'Set ANTHROPIC_API_KEY in the agent’s environment, or run `claude auth login` as the user Boardroom runs as.',
  },
  CLAUDE_BILLING: {
    family: 'auth',
    remedy: 'Add credit or raise the spend limit of the account the key belongs to.',
  },
  MODEL_NOT_FOUND: {
    family: 'configuration',
    remedy: 'Choose another model in the agent’s configuration; the key may not use this one, or it does not exist.',
  },
  MAX_TURNS_EXHAUSTED: {
    forgetsSession: true,
    remedy: 'Raise maxTurns, or split the issue. The next run starts a new conversation.',
  },
  MAX_BUDGET_EXHAUSTED: {
    forgetsSession: true,
    remedy: 'Raise --max-budget-usd in extraArgs, or split the issue.',
  },
  CLAUDE_POISONED_PREVIOUS_MESSAGE_ID: {
    forgetsSession: true, retryFresh: true,
    remedy: 'The stored conversation cannot go on; the next run starts a new one.',
  },
  CLAUDE_SESSION_UNKNOWN: {
    forgetsSession: true, retryFresh: true,
    remedy: 'Claude Code does not know the stored conversation (another home folder, or it was cleaned up); the run starts a new one.',
  },
  CLAUDE_CONTEXT_EXHAUSTED: {
    forgetsSession: true,
    remedy: 'The conversation no longer fits the model. The next run starts a new one.',
  },
  PROVIDER_QUOTA: {
    family: 'provider_quota',
    remedy: 'The usage limit is reached. Wait until it resets, or use another key or plan.',
  },
  CLAUDE_TRANSIENT_UPSTREAM: {
    family: 'transient_upstream',
    remedy: 'The model service did not answer in spite of retries. Run it again later.',
  },
  CLAUDE_REFUSAL: {
    family: 'model_refusal', forgetsSession: true,
    remedy: 'The model declined the request. Reword the issue or its instructions, or choose another model.',
  },
  CLAUDE_ROOT_REFUSED: {
    family: 'configuration',
    remedy: 'Claude Code does not skip permissions as root. Run Boardroom as another user or, in a sandbox or container, set IS_SANDBOX=1 in the agent’s environment.',
  },
  CLAUDE_BAD_ARGUMENTS: {
    family: 'configuration',
    remedy: 'Claude Code did not understand its arguments. Look at extraArgs, and at the installed version.',
  },
  CLAUDE_REQUEST_INVALID: { remedy: 'The model service did not accept the request; the message says why.' },
  CLAUDE_FAILED: { remedy: 'The end of the log says more.' },
  CLAUDE_NO_RESULT: { remedy: 'Claude Code ended without a result; the end of the log may say why.' },
} satisfies Record<string, ErrorClass>;

export function errorClassOf(code: ClaudeErrorCode): ErrorClass {
  return classes[code];
}
