import { expect, test } from 'vitest';
import type { Assignment } from '../../../schema/run/assignment.ts';
import { hostVariables, processEnvironment, runtimeVariables, wakePayload } from './environment.ts';
import { describeInvocation } from './redact.ts';

const assignment = (wakes: unknown[]): Assignment => ({
  run: { id: 'run', number: 3, source: 'AUTOMATION', reason: 'issue_commented', context: { wakes } } as unknown as Assignment['run'],
  agent: { id: 'agent' } as Assignment['agent'], company: { id: 'company', name: 'Acme' }, issue: { id: 'issue', identifier: 'ACME-1' } as Assignment['issue'],
  comments: [], session: null, workspace: null,
});
const wake = (payload: object) => ({ reason: 'issue_commented', source: 'AUTOMATION', payload });

test('of the worker’s environment agents inherit a list, and no secret', () => {
  const host = { PATH: '/bin', HOME: '/root', LC_ALL: 'C', DATABASE_URL: 'postgres://secret', AWS_SECRET_ACCESS_KEY: 'x', BOARDROOM_HOME: '/h', NODE_OPTIONS: '--x' };
  expect(hostVariables(host)).toEqual({ PATH: '/bin', HOME: '/root', LC_ALL: 'C' });
});

test('Boardroom’s variables win over the agent’s, each under both names; a key of the operator’s stays', () => {
  const runtime = runtimeVariables({ assignment: assignment([wake({ commentId: 'c-1', body: 'hello' })]), apiUrl: 'http://api', token: 'token', cwd: '/work', agentHome: '/home/agent', workspace: null });
  expect(runtime).toMatchObject({
    BOARDROOM_API_URL: 'http://api', PAPERCLIP_API_URL: 'http://api', BOARDROOM_API_KEY: 'token', BOARDROOM_TASK_ID: 'issue', BOARDROOM_ISSUE: 'ACME-1',
    BOARDROOM_WAKE_REASON: 'issue_commented', BOARDROOM_WAKE_COMMENT_ID: 'c-1', AGENT_HOME: '/home/agent', PAPERCLIP_WORKSPACE_CWD: '/work',
  });
  expect(JSON.parse(runtime['BOARDROOM_WAKE_PAYLOAD_JSON'] as string)).toEqual({ commentId: 'c-1', body: 'hello' });
  const layers = { home: '/h', host: { PATH: '/bin', LANG: 'C' }, runtime };
  expect(processEnvironment({ ...layers, agent: { LANG: 'de', BOARDROOM_RUN_ID: 'forged' } })).toMatchObject({ LANG: 'de', BOARDROOM_RUN_ID: 'run', PATH: '/h/bin:/bin' });
  expect(processEnvironment({ ...layers, agent: { BOARDROOM_API_KEY: 'own', PATH: '/opt' } })).toMatchObject({ BOARDROOM_API_KEY: 'own', PAPERCLIP_API_KEY: 'own', PATH: '/h/bin:/opt' });
});

test('many long wakes are cut to what a variable may hold, the oldest first', () => {
  const payload = wakePayload(assignment(Array.from({ length: 20 }, (_, i) => wake({ commentId: `c-${i}`, body: '€'.repeat(4_000) }))));
  expect(Buffer.byteLength(JSON.stringify(payload))).toBeLessThan(61_000);
  expect(payload['commentId']).toBe('c-19');
  expect((payload['wakes'] as { payload: { commentId: string } }[]).at(-1)?.payload.commentId).toBe('c-19');
});

test('people see the command without secrets, and names of variables only', () => {
  const env = { API_TOKEN: 'tok-123456', PATH: '/bin', SHORT_KEY: 'a' };
  const described = describeInvocation({ command: 'curl', args: ['-H', 'Bearer tok-123456', 'a'], env: {}, stdin: 'prompt €', timeoutSec: 0, graceSec: 0 }, '/work', env);
  expect(described).toEqual({ command: 'curl', args: ['-H', 'Bearer •••', 'a'], cwd: '/work', envNames: ['API_TOKEN', 'PATH', 'SHORT_KEY'], promptBytes: 10 });
});
