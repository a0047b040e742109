import type { ModelScript, ModelTurn } from './model-server.ts';
import { textOf, turnsTaken } from './model-server.ts';

export interface Recording {
  script: ModelScript;
  prompt?: string;
  args?: string[];
  env?: Record<string, string | undefined>;
  files?: Record<string, string | Uint8Array>;
  /** SIGTERM as soon as the output matches. */
  killAfter?: RegExp;
}

const subscription = { ANTHROPIC_API_KEY: undefined, CLAUDE_CODE_OAUTH_TOKEN: 'made-up' };
const usage = { input: 100, cacheRead: 5_000, cacheCreation: 300, output: 40 };
const onePixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** One situation each that a run can end in. */
export const recordings: Record<string, Recording> = {
  success: {
    script: turns(
      { thinking: 'A file is wanted.', text: 'I write the file.', tools: [bash('echo hello > hello.txt && cat hello.txt')], usage },
      { text: 'Wrote hello.txt.', usage },
    ),
  },
  'tool-error': { script: turns({ tools: [bash('echo no such thing >&2; exit 3')] }, { text: 'The command failed.' }) },
  'tool-image': {
    files: { 'pixel.png': onePixel },
    script: turns({ tools: [{ name: 'Read', input: { file_path: 'pixel.png' } }] }, { text: 'One pixel.' }),
  },
  'tool-denied': { args: [], script: turns({ tools: [{ name: 'Write', input: { file_path: 'a.txt', content: 'a' } }] }, { text: 'I may not.' }) },
  'sub-agent': {
    script: (request) => (textOf(request.messages[0]).includes('count the files')
      ? turns({ tools: [bash('ls | wc -l')] }, { text: 'There are none.' })(request)
      : turns(
          { tools: [{ name: 'Task', input: { description: 'count', prompt: 'count the files', subagent_type: 'general-purpose', run_in_background: false } }] },
          { text: 'Counted.' },
        )(request)),
  },
  'subscription-success': { env: subscription, script: turns({ text: 'Nothing to do.', usage }) },
  'not-logged-in': { env: { ANTHROPIC_API_KEY: undefined }, script: turns() },
  'key-refused': { env: { CLAUDE_CODE_MAX_RETRIES: '0' }, script: failing(401, 'authentication_error', 'invalid x-api-key') },
  'model-not-found': { script: failing(404, 'not_found_error', 'model: nope') },
  'credit-too-low': {
    script: failing(400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.'),
  },
  'quota-key': { script: failing(429, 'rate_limit_error', 'This request would exceed your account’s rate limit.', { 'retry-after': '0' }) },
  'quota-subscription': {
    env: subscription,
    script: failing(429, 'rate_limit_error', 'Limit reached.', {
      'anthropic-ratelimit-unified-status': 'rejected', 'anthropic-ratelimit-unified-reset': '1924988400',
      'anthropic-ratelimit-unified-representative-claim': 'five_hour',
    }),
  },
  overloaded: { script: failing(529, 'overloaded_error', 'Overloaded') },
  'server-error': { script: failing(500, 'api_error', 'Internal server error') },
  unreachable: { env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9', CLAUDE_CODE_MAX_RETRIES: '0' }, script: turns() },
  refusal: { script: turns({ text: '', stopReason: 'refusal' }) },
  'poisoned-message-id': {
    script: failing(400, 'invalid_request_error', 'diagnostics.previous_message_id: message msg_0 was not found'),
  },
  'request-invalid': { script: failing(400, 'invalid_request_error', 'messages: something is wrong with them') },
  'context-exhausted': { script: failing(400, 'invalid_request_error', 'prompt is too long: 212000 tokens > 200000 maximum') },
  'max-turns': { args: ['--dangerously-skip-permissions', '--max-turns', '2'], script: () => ({ text: 'Once more.', tools: [bash('true')] }) },
  'max-budget': { args: ['--dangerously-skip-permissions', '--max-budget-usd', '0.0001'], script: () => ({ tools: [bash('true')], usage }) },
  'quoting-errors': {
    script: turns(
      { text: 'The log says "Credit balance is too low" and "No conversation found with session ID".', tools: [bash('echo "API Error: 529 Overloaded" >&2')] },
      { text: 'It quoted: usage limit reached, please run /login, previous_message_id.' },
    ),
  },
  'session-unknown': { args: ['--dangerously-skip-permissions', '--resume', '11111111-1111-4111-8111-111111111111'], script: turns() },
  'root-refused': { env: { IS_SANDBOX: undefined }, script: turns() },
  'unknown-option': { args: ['--no-such-option'], script: turns() },
  terminated: { script: turns({ text: 'I wait.', tools: [bash('sleep 60')], usage }), killAfter: /sleep 60/ },
};

function turns(...answers: ModelTurn[]): ModelScript {
  return (request) => answers[turnsTaken(request)] ?? { text: 'Done.' };
}

function failing(status: number, type: string, message: string, headers: Record<string, string> = {}): ModelScript {
  return () => ({ failure: { status, type, message, headers } });
}

function bash(command: string): { name: string; input: Record<string, unknown> } {
  return { name: 'Bash', input: { command, description: 'what was asked' } };
}
