import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { ask, askUntil, startBoardroom, temporaryFolder } from '../support/boardroom.ts';
import { findClaudeCode } from '../support/claude-code.ts';
import type { ModelRequest, ModelScript, ModelServer, ModelTurn } from '../support/model-server.ts';
import { startModelServer, textOf, turnsTaken } from '../support/model-server.ts';

// The real Claude Code does an issue through the whole system, offline: a scripted server on loopback plays the model.

const program = findClaudeCode();

interface RunSeen {
  id: string; number: number; status: string; reason: string; exitCode: number | null; summary: string | null;
  error: { code: string; message: string; remedy: string | null } | null;
  usage: { inputTokens: string; cachedInputTokens: string; outputTokens: string } | null;
  costMicros: string | null; costStatus: string | null; provider: string | null; model: string | null;
  sessionBefore: string | null; sessionAfter: string | null;
  invocation: { args: string[]; envNames: string[] } | null;
  log: { chunks: { text: string }[] };
  transcript: { nodes: { kind: string; text: string; tool: string | null; isError: boolean }[] };
}

const usage = { input: 1_000, cacheRead: 20_000, cacheCreation: 500, output: 100 };
const bash = (command: string): ModelTurn => ({ tools: [{ name: 'Bash', input: { command, description: 'as asked' } }], usage });
const isOver = ({ status }: RunSeen): boolean => !['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'].includes(status);

describe.skipIf(program === null)('Claude Code (installed by: npm run claude-code)', () => {
  let live: RunningBoardroom;
  let model: ModelServer;
  let script: ModelScript = () => ({ text: 'Nothing to do.' });
  let companyId = '';
  let work = '';
  let claudeHome = '';

  beforeAll(async () => {
    work = await temporaryFolder('claude');
    claudeHome = join(work, 'home');
    await mkdir(join(work, 'project'));
    await mkdir(claudeHome);
    model = await startModelServer((request) => script(request), [{ id: 'claude-of-tomorrow', display_name: 'Claude of Tomorrow' }]);
    live = await startBoardroom();
    const made = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }');
    companyId = made.createCompany.id;
  });

  afterAll(async () => {
    await live?.stop();
    await model?.close();
    for (const folder of [live?.home, work]) if (folder) await rm(folder, { recursive: true, force: true });
  });

  const configuration = (over: { env?: Record<string, string>; [field: string]: unknown } = {}) => ({
    command: program, cwd: join(work, 'project'), model: 'claude-opus-4-8', instructions: 'You write in plain words.', ...over,
    env: {
      ANTHROPIC_BASE_URL: model.url, ANTHROPIC_API_KEY: 'made-up-key-of-the-test', HOME: claudeHome, IS_SANDBOX: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', CLAUDE_CODE_MAX_RETRIES: '0', ...over.env,
    },
  });

  async function hire(name: string, adapterConfig: object = configuration()): Promise<string> {
    const input = { companyId, name, title: 'Engineer', adapterType: 'claude', adapterConfig };
    return (await ask<{ createAgent: { id: string } }>(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input })).createAgent.id;
  }

  async function file(title: string, assigneeId: string): Promise<{ id: string; identifier: string }> {
    const input = { companyId, title, assigneeId, status: 'TODO' };
    const query = 'mutation($input: CreateIssueInput!) { createIssue(input: $input) { id identifier } }';
    return (await ask<{ createIssue: { id: string; identifier: string } }>(live.address, query, { input })).createIssue;
  }

  const comment = (issueId: string, body: string) =>
    ask(live.address, 'mutation($input: AddCommentInput!) { addComment(input: $input) { id } }', { input: { issueId, body } });

  /** The issue's runs, oldest first, once there are so many and all of them are over. */
  function runsOf(issueId: string, count: number): Promise<RunSeen[]> {
    const query = `query($id: String!) { issue(ref: $id) { runs(first: 10) { nodes {
      id number status reason exitCode summary error { code message remedy } usage { inputTokens cachedInputTokens outputTokens }
      costMicros costStatus provider model sessionBefore sessionAfter invocation { args envNames }
      log(first: 100) { chunks { text } } transcript(first: 100) { nodes { kind text tool isError } } } } } }`;
    return askUntil(
      async () => (await ask<{ issue: { runs: { nodes: RunSeen[] } } }>(live.address, query, { id: issueId })).issue.runs.nodes.toReversed(),
      (runs) => runs.length >= count && runs.every(isOver),
    );
  }

  const logOf = ({ log }: RunSeen): string => log.chunks.map(({ text }) => text).join('');

  test('does an issue from checkout to done, and goes on with the conversation when a comment reopens it', async () => {
    await writeFile(join(work, 'project', 'notes.txt'), 'The sky is green.\n');
    script = turns(
      { thinking: 'First I take it.', text: 'I take the issue.', ...bash('boardroom issue checkout') },
      { tools: [{ name: 'Read', input: { file_path: join(work, 'project', 'notes.txt') } }], usage },
      { tools: [{ name: 'Edit', input: { file_path: join(work, 'project', 'notes.txt'), old_string: 'green', new_string: 'blue' } }], usage },
      bash('boardroom issue update --status done --comment "The sky is blue now."'),
      { text: 'Corrected the colour of the sky.', usage },
    );
    const agentId = await hire('Ada');
    const issue = await file('Correct the sky', agentId);
    const [first] = await runsOf(issue.id, 1);

    expect(first).toMatchObject({
      status: 'SUCCEEDED', reason: 'issue_assigned', exitCode: 0, error: null, summary: 'Corrected the colour of the sky.',
      usage: { inputTokens: '7500', cachedInputTokens: '100000', outputTokens: '500' },
      costStatus: 'REPORTED', provider: 'anthropic', model: 'claude-opus-4-8', sessionBefore: null,
    });
    expect(Number(first?.costMicros)).toBeGreaterThan(0);
    expect(await readFile(join(work, 'project', 'notes.txt'), 'utf8')).toBe('The sky is blue.\n');
    expect(await issueOf(issue.id)).toMatchObject({
      status: 'DONE', holder: null, assignee: { name: 'Ada' },
      comments: { nodes: [{ body: 'The sky is blue now.', author: { name: 'Ada' }, run: { id: first?.id } }] },
      cost: { costMicros: first?.costMicros, inputTokens: '7500', eventCount: 1, unpricedCount: 0 },
    });

    const kinds = first?.transcript.nodes.map(({ kind, tool }) => (tool ? `${kind} ${tool}` : kind));
    expect(kinds).toEqual([
      'INIT', 'THINKING', 'ASSISTANT', 'TOOL_CALL Bash', 'TOOL_RESULT', 'TOOL_CALL Read', 'TOOL_RESULT', 'TOOL_CALL Edit', 'TOOL_RESULT',
      'TOOL_CALL Bash', 'TOOL_RESULT', 'ASSISTANT', 'RESULT',
    ]);
    expect(first?.transcript.nodes.some(({ isError }) => isError)).toBe(false);
    const log = logOf(first as RunSeen);
    expect(log).toContain('"type":"result"');
    const everything = JSON.stringify(first);
    expect(everything).not.toContain('made-up-key-of-the-test');
    expect(first?.invocation?.envNames).toEqual(expect.arrayContaining(['ANTHROPIC_API_KEY', 'BOARDROOM_API_KEY', 'BOARDROOM_TASK_ID']));

    const before = model.conversations.length;
    expect(model.conversations[0]?.system).toContain('You write in plain words.');
    expect(promptOf(model.conversations[0])).toMatch(new RegExp(`You are Ada, Engineer at Acme\\.[^]*issue_assigned[^]*${issue.identifier}`));

    script = turns(bash('boardroom issue checkout; boardroom issue update --status done --comment "It is violet now."'), { text: 'Violet it is.', usage });
    await comment(issue.id, 'Make it violet, please.');
    const [, second] = await runsOf(issue.id, 2);
    expect(second).toMatchObject({ status: 'SUCCEEDED', reason: 'issue_reopened_via_comment', sessionBefore: first?.sessionAfter, sessionAfter: first?.sessionAfter });
    expect(second?.invocation?.args).toEqual(expect.arrayContaining(['--resume', first?.sessionAfter]));
    const resumed = model.conversations[before];
    const said = resumed?.messages.map(textOf).join('\n');
    expect(said).toContain('Corrected the colour of the sky.');
    expect(promptOf(resumed)).toContain('issue_reopened_via_comment');
    expect(promptOf(resumed)).not.toContain('You are Ada');
    expect(resumed?.system).toContain('You write in plain words.');
    expect(await issueOf(issue.id)).toMatchObject({ status: 'DONE' });
  });

  test('a conversation that Claude Code no longer knows is begun anew by itself', async () => {
    script = turns(bash('boardroom issue checkout; boardroom issue update --status done'), { text: 'Done once.', usage });
    const issue = await file('Twice', await hire('Bert'));
    const [first] = await runsOf(issue.id, 1);
    expect(first?.status).toBe('SUCCEEDED');
    await rm(join(claudeHome, '.claude'), { recursive: true });
    await comment(issue.id, 'Again.');
    const runs = await runsOf(issue.id, 3);
    expect(runs.map(({ status, error }) => error?.code ?? status)).toEqual(['SUCCEEDED', 'CLAUDE_SESSION_UNKNOWN', 'SUCCEEDED']);
    expect(runs[2]?.sessionBefore).toBeNull();
    expect(runs[2]?.sessionAfter).not.toBe(first?.sessionAfter);
  });

  test('a key that is refused fails the run with what to do; no lock is left', async () => {
    script = () => ({ failure: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' } });
    const issue = await file('Locked out', await hire('Carl'));
    const [run] = await runsOf(issue.id, 1);
    expect(run).toMatchObject({ status: 'FAILED', error: { code: 'CLAUDE_AUTH_REQUIRED', remedy: expect.stringContaining('ANTHROPIC_API_KEY') }, usage: null, costMicros: null });
    expect(await issueOf(issue.id)).toMatchObject({ holder: null });
  });

  test('a run that is cancelled stops Claude Code and its tools, and keeps what is known of its use', async () => {
    const marker = join(work, 'project', 'started');
    script = turns(bash(`boardroom issue checkout; touch ${marker}; exec sleep 300`), { text: 'never said' });
    const issue = await file('Endless', await hire('Dora', configuration({ graceSec: 2 })));
    await askUntil(() => readFile(marker).then(() => true, () => false), Boolean);
    const { issue: { runs } } = await ask<{ issue: { runs: { nodes: { id: string }[] } } }>(live.address, 'query($id: String!) { issue(ref: $id) { runs { nodes { id } } } }', { id: issue.id });
    await ask(live.address, 'mutation($input: CancelRunInput!) { cancelRun(input: $input) { id } }', { input: { runId: runs.nodes[0]?.id } });
    const [run] = await runsOf(issue.id, 1);
    // By the list, since a program that is ended tells no cost any more: 1,500 of input, 20,000 from the cache, and what it had told of its output.
    const costMicros = String(7_500 + 10_000 + 25 * Number(run?.usage?.outputTokens));
    expect(run).toMatchObject({ status: 'CANCELLED', usage: { inputTokens: '1500' }, costStatus: 'PRICED', costMicros });
    expect(await issueOf(issue.id)).toMatchObject({ holder: null });
  });

  test('a worker that is killed in the middle is replaced, and the run’s transcript, use and session are whole', async () => {
    const [started, go] = [join(work, 'project', 'adopt-started'), join(work, 'project', 'adopt-go')];
    script = turns(
      { text: 'Before.', ...bash(`boardroom issue checkout; touch ${started}; until [ -e ${go} ]; do sleep 0.05; done; echo went on`) },
      bash('boardroom issue update --status done'),
      { text: 'After.', usage },
    );
    const issue = await file('Outlive the worker', await hire('Finn'));
    await askUntil(() => readFile(started).then(() => true, () => false), Boolean);
    const first = await workerOf(live.home);
    process.kill(first, 'SIGKILL');
    await askUntil(() => workerOf(live.home).catch(() => first), (pid) => pid !== first);
    await writeFile(go, '');
    const [run] = await runsOf(issue.id, 1);
    expect(run).toMatchObject({ status: 'SUCCEEDED', summary: 'After.', usage: { inputTokens: '4500' }, sessionAfter: expect.any(String) });
    expect(run?.transcript.nodes.map(({ kind }) => kind)).toEqual(['INIT', 'ASSISTANT', 'TOOL_CALL', 'TOOL_RESULT', 'TOOL_CALL', 'TOOL_RESULT', 'ASSISTANT', 'RESULT']);
    const lines = logOf(run as RunSeen).trimEnd().split('\n');
    expect(new Set(lines).size).toBe(lines.length);
    expect(await issueOf(issue.id)).toMatchObject({ status: 'DONE', holder: null });
  });

  test('the test of an agent tells what is there and what is missing, and models are listed', async () => {
    const query = 'mutation($input: TestAgentInput!) { testAgent(input: $input) { ok checks { name outcome hint } } }';
    const check = async (adapterConfig: object) =>
      (await ask<{ testAgent: { ok: boolean; checks: { name: string; outcome: string; hint: string | null }[] } }>(live.address, query, { input: { companyId, adapterType: 'claude', adapterConfig } })).testAgent;
    expect((await check(configuration())).ok).toBe(true);
    const bad = await check(configuration({ cwd: join(work, 'gone'), env: { ANTHROPIC_API_KEY: '', HOME: '/nonexistent' } }));
    expect(bad.ok).toBe(false);
    expect(bad.checks.filter(({ outcome }) => outcome === 'FAIL').map(({ name }) => name)).toEqual(['folder', 'login']);
    for (const { outcome, hint } of bad.checks) if (outcome === 'FAIL') expect(hint).toBeTruthy();

    const { agent } = await ask<{ agent: { models: { id: string; label: string }[]; adapterConfig: { env: object } } }>(
      live.address, 'query($id: ID!) { agent(id: $id) { models { id label } adapterConfig } }', { id: await hire('Emma') },
    );
    expect(agent.models[0]).toEqual({ id: 'claude-of-tomorrow', label: 'Claude of Tomorrow' });
    expect(agent.models.map(({ id }) => id)).toContain('sonnet');
    expect(JSON.stringify(agent.adapterConfig)).not.toContain('made-up-key');
  });

  function issueOf(id: string): Promise<unknown> {
    const query = `query($id: String!) { issue(ref: $id) { status holder { id } assignee { name } cost { costMicros inputTokens eventCount unpricedCount }
      comments(first: 10) { nodes { body author { ... on Agent { name } } run { id } } } } }`;
    return ask<{ issue: unknown }>(live.address, query, { id }).then(({ issue }) => issue);
  }
});

/** Pid of the worker that serves this home; throws while there is none. */
async function workerOf(home: string): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [command, environment] = await Promise.all(['cmdline', 'environ'].map((name) => readFile(join('/proc', pid, name), 'utf8').catch(() => '')));
    if (command?.includes('api/worker/main.ts') && environment?.includes(`BOARDROOM_HOME=${home}\0`)) return Number(pid);
  }
  throw new Error(`no worker serves ${home}`);
}

function turns(...answers: ModelTurn[]): ModelScript {
  return (request) => answers[turnsTaken(request)] ?? { text: 'Done.' };
}

/** What Boardroom said last: the newest message of the user that holds no tool's result. */
function promptOf(request: ModelRequest | undefined): string {
  const said = request?.messages.filter(({ role, content }) => role === 'user' && (typeof content === 'string' || !content.some(({ type }) => type === 'tool_result')));
  return textOf(said?.at(-1));
}
