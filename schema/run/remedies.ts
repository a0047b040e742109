/** What a person can do about an error, by its code. Adapters' own codes bring their remedy in the message. */
const remedies: Record<string, string> = {
  COMMAND_NOT_FOUND: 'Install the program, or set its full path in the agent\'s configuration.',
  CWD_MISSING: 'Create the folder, or name another in the agent\'s configuration.',
  TIMED_OUT: 'Raise timeoutSec in the agent\'s configuration, or give it less to do at once.',
  PROCESS_LOST: 'Wake the agent again.',
  WORKER_LOST: 'Start a worker on that machine, then wake the agent again.',
  INTERRUPTED: 'Wake the agent again.',
  CLAUDE_AUTH_REQUIRED: 'Sign in with the claude command on the worker\'s machine, or set ANTHROPIC_API_KEY in the agent\'s environment.',
};

export function remedyFor(code: string): string | null {
  return remedies[code] ?? null;
}
