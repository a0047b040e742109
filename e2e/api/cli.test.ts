import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askUntil, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { boardroomCommand, type Circumstances, commandData } from '../support/command.ts';

// The `boardroom` command as people and agents call it: as the board from outside, and from within runs with their own token.

let live: RunningBoardroom;
let companyId: string;

beforeAll(async () => {
  live = await startBoardroom();
  ({ createCompany: { id: companyId } } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }'));
  await hire('Holder', 'boardroom issue checkout && boardroom cost report --provider demo --model script --usd 0.5 && echo holding && sleep 600');
  await hire('Rival', 'boardroom whoami; boardroom issue checkout ACME-1; echo "exit $?"; boardroom issue update ACME-1 --title mine --json; echo "exit $?"');
  await hire('Failing', 'echo about to fail; exit 7');
});

afterAll(async () => {
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
});

async function hire(name: string, script: string): Promise<void> {
  const input = { companyId, name, adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', script] } };
  await ask(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input });
}

const boardroom = (args: string[], circumstances?: Circumstances) => boardroomCommand(live.address, args, circumstances);

const data = <T>(...args: string[]) => commandData<T>(live.address, args);

test('the board sees who it is, the companies and the staff', async () => {
  expect((await boardroom(['whoami'])).stdout).toMatch(/^user +Board/);
  expect((await boardroom(['company', 'list'])).stdout).toMatch(/^ACME +ACTIVE +Acme/);
  expect((await boardroom(['agent', 'list'])).stdout).toContain('Rival');
});

test('issues are filed from arguments, files and standard input, found and changed', async () => {
  const file = join(live.home, 'description.md');
  await writeFile(file, 'From a file.\n');
  await boardroom(['issue', 'create', 'First']);
  expect(await data('issue', 'create', 'Second', '--file', file, '--parent', 'ACME-1', '--priority', 'high')).toMatchObject({ identifier: 'ACME-2', priority: 'HIGH', status: 'BACKLOG' });
  expect((await boardroom(['issue', 'create', 'Third', '-d', '-', '--blocked-by', 'ACME-1,acme-2'], { input: 'größer\n' })).code).toBe(0);
  expect(await data('issue', 'show', 'acme-3')).toMatchObject({ description: 'größer', blockedBy: [{ identifier: 'ACME-1' }, { identifier: 'ACME-2' }] });
  expect((await boardroom(['issue', 'show', 'ACME-2'])).stdout).toMatch(/ACME-2 {2}Second[^]*parent +ACME-1[^]*From a file\./);
  expect((await boardroom(['issue', 'list', '--parent', 'ACME-1'])).stdout.trim()).toMatch(/^ACME-2 +HIGH +BACKLOG +- +Second$/);
  expect(await data('issue', 'update', 'ACME-2', '--title', 'Second, renamed', '--assignee', 'Failing', '--comment', 'because')).toMatchObject({ title: 'Second, renamed', assignee: { name: 'Failing' } });
  expect((await boardroom(['issue', 'comment', 'ACME-2', '-'], { input: 'a long\nreport' })).stdout).toBe('commented on ACME-2\n');
  expect((await boardroom(['issue', 'comment', 'on the issue of the run'], { env: { BOARDROOM_TASK_ID: 'ACME-2' } })).code).toBe(0);
  const { comments } = await data<{ comments: { nodes: { body: string }[] } }>('issue', 'show', 'ACME-2');
  expect(comments.nodes.map(({ body }) => body)).toEqual(['because', 'a long\nreport', 'on the issue of the run']);
});

test('blockers are shown, added, removed and cleared', async () => {
  const blockers = async (...args: string[]) => (await data<{ identifier: string }[]>('issue', 'blockers', 'ACME-3', ...args)).map(({ identifier }) => identifier).sort();
  expect(await blockers()).toEqual(['ACME-1', 'ACME-2']);
  expect(await blockers('--remove', 'ACME-1')).toEqual(['ACME-2']);
  expect(await blockers('--add', 'ACME-1')).toEqual(['ACME-1', 'ACME-2']);
  expect(await blockers('--set', 'ACME-1')).toEqual(['ACME-1']);
  expect(await boardroom(['issue', 'blockers', 'ACME-1', '--set', 'ACME-3'])).toMatchObject({ code: 1, stderr: expect.stringMatching(/^[A-Z_]+: /) });
  expect(await blockers('--clear')).toEqual([]);
});

test('blockers has a name of its own', async () => {
  expect((await data<unknown[]>('blockers', 'ACME-3', '--set', 'ACME-2')).length).toBe(1);
  expect((await boardroom(['blockers', 'ACME-3'])).stdout).toContain('ACME-2');
  await data('blockers', 'ACME-3', '--clear');
});

test('texts are found, files attached and fetched, the inbox read', async () => {
  expect((await boardroom(['search', 'a', 'long'])).stdout).toMatch(/^ACME-2 +COMMENT +BACKLOG +Second, renamed +a long report/);
  expect((await boardroom(['search', 'renamd'])).stdout).toContain('ACME-2');
  expect((await boardroom(['search', 'nowhere to be found'])).stdout).toContain('nothing found');
  const file = join(live.home, 'picture.txt');
  await writeFile(file, 'not a picture');
  const attached = await data<{ id: string; byteSize: string }>('attach', 'ACME-2', file);
  expect(attached).toMatchObject({ filename: 'picture.txt', byteSize: '13' });
  expect((await boardroom(['attach', 'ACME-2', '--list'])).stdout).toContain('picture.txt');
  expect((await boardroom(['issue', 'show', 'ACME-2'])).stdout).toMatch(/attached +picture\.txt/);
  expect((await boardroom(['attach', '--get', attached.id])).stdout).toBe('not a picture');
  expect(await boardroom(['attach', '--get', attached.id, '--to', join(live.home, 'copy.txt')])).toMatchObject({ code: 0 });
  expect(await readFile(join(live.home, 'copy.txt'), 'utf8')).toBe('not a picture');
  expect(await boardroom(['attach', '--get', attached.id, '--to', join(live.home, 'copy.txt')])).toMatchObject({ code: 2 });
  expect(await boardroom(['attach', 'ACME-2', join(live.home, 'missing.txt')])).toMatchObject({ code: 2 });
  expect(await boardroom(['attach', '--get', companyId])).toMatchObject({ code: 1, stderr: expect.stringContaining('NOT_FOUND') });
  expect(await boardroom(['inbox'])).toMatchObject({ code: 0 });
  expect((await boardroom(['inbox', '--read', 'ACME-2'])).stdout).toBe('read ACME-2\n');
  expect((await boardroom(['inbox', '--archive', 'ACME-2'])).stdout).toBe('put away ACME-2\n');
});

interface Held { holder: { id: string; number: number } | null; status: string }

test('a run checks out and reports its cost; a rival is told who holds it, with exit code 3', async () => {
  await data('issue', 'update', 'ACME-1', '--assignee', 'Holder', '--status', 'todo');
  const held = await askUntil(() => data<Held>('issue', 'show', 'ACME-1'), ({ holder }) => holder !== null);
  const holding = boardroom(['run', 'log', '--issue', 'ACME-1', '--follow']);
  await askUntil(() => boardroom(['run', 'log', '--issue', 'ACME-1']), ({ stdout }) => stdout.includes('holding'));
  expect((await boardroom(['issue', 'show', 'ACME-1'])).stdout).toMatch(/held by +run #\d+ of Holder[^]*cost +\$0\.50/);

  const rival = await data<{ run: { id: string } }>('agent', 'wake', 'rival', '--reason', 'try it');
  const log = await boardroom(['run', 'log', rival.run.id, '--follow']);
  expect(log).toMatchObject({ code: 0, stderr: 'run succeeded\n' });
  expect(log.stdout).toMatch(/agent +Rival/);
  expect(log.stdout).toMatch(new RegExp(`IssueHeld: .*\\n  held by run #${held.holder?.number} of Holder.*\\n  assigned to Holder, IN_PROGRESS\\nexit 3`));
  expect(log.stdout).toMatch(/"__typename": "IssueHeld"[^]*exit 3\n$/);

  await data('api', 'mutation($id: ID!) { cancelRun(input: { runId: $id }) { id } }', '-v', `id=${held.holder?.id}`);
  expect(await holding).toMatchObject({ code: 130, stdout: expect.stringContaining('holding\n'), stderr: 'run cancelled\n' });
  expect(await data('issue', 'show', 'ACME-1')).toMatchObject({ holder: null });
});

test('following a run that fails ends with 1', async () => {
  const wake = await data<{ run: { id: string } }>('agent', 'wake', 'Failing');
  expect(await boardroom(['run', 'log', wake.run.id, '--follow'])).toMatchObject({ code: 1, stdout: 'about to fail\n', stderr: 'run failed\n' });
  const listed = (await boardroom(['run', 'list', '--agent', 'failing'])).stdout;
  expect(listed).toMatch(/^#\d+ +FAILED +Failing/);
  const number = /^#\d+/.exec(listed)?.[0] ?? '';
  expect(await boardroom(['run', 'log', number])).toMatchObject({ code: 0, stdout: 'about to fail\n' });
  expect(await boardroom(['run', 'log', '99999'])).toMatchObject({ code: 1, stderr: expect.stringContaining('no run 99999') });
});

test('mistakes have codes: 1 with the code of the API, 2 for a wrong call', async () => {
  expect(await boardroom(['issue', 'show', 'ACME-99'])).toMatchObject({ code: 1, stderr: 'NOT_FOUND: no issue ACME-99\n' });
  expect(await boardroom(['issue', 'update', 'ACME-1', '--status', 'sideways'])).toMatchObject({ code: 2 });
  expect(await boardroom(['issue', 'create', 'x', '--nonsense'])).toMatchObject({ code: 2 });
  expect(await boardroom(['issue', 'show'])).toMatchObject({ code: 2, stderr: expect.stringContaining('BOARDROOM_TASK_ID') });
  expect(await boardroom(['nonsense'])).toMatchObject({ code: 2 });
  const refused = await boardroom(['whoami', '--json', '--api-key', `brk_${'0'.repeat(48)}`]);
  expect([refused.code, JSON.parse(refused.stderr)]).toMatchObject([1, { code: 'UNAUTHENTICATED' }]);
  expect(await boardroom(['whoami', '--api-url', 'http://127.0.0.1:9'])).toMatchObject({ code: 1, stderr: expect.stringContaining('UNREACHABLE: ') });
});

test('any request passes through, with variables', async () => {
  const company = await boardroom(['api', 'query($ref: String!, $first: Int) { company(ref: $ref) { name agents(first: $first) { nodes { name } } } }', '-v', 'ref=ACME', '-v', 'first=1']);
  expect(JSON.parse(company.stdout)).toMatchObject({ data: { company: { name: 'Acme', agents: { nodes: [{}] } } } });
  const wrong = await boardroom(['api', '-'], { input: '{ nonsense }' });
  expect([wrong.code, JSON.parse(wrong.stdout)]).toMatchObject([1, { errors: [{}] }]);
});

test('the board lets an agent do more, and no longer; agents only look', async () => {
  const agents = await data<{ id: string; name: string }[]>('agent', 'list');
  const rival = agents.find(({ name }) => name === 'Rival')?.id as string;
  const key = await ask<{ createAgentKey: { secret: string } }>(live.address, 'mutation($input: CreateAgentKeyInput!) { createAgentKey(input: $input) { secret } }', { input: { agentId: rival, name: 'grants' } });
  const asRival = { env: { BOARDROOM_API_KEY: key.createAgentKey.secret } };
  expect((await boardroom(['grant', 'list', 'me'], asRival)).stdout).toBe('Rival may what all agents may, and nothing more\n');
  const issue = await data<{ identifier: string }>('issue', 'create', 'Somebody else does it', '--assignee', 'Failing', '--status', 'backlog');
  const take = ['issue', 'update', issue.identifier, '--assignee', 'me'];
  expect(await boardroom(take, asRival)).toMatchObject({ code: 1, stderr: expect.stringContaining('FORBIDDEN') });

  expect(await data('grant', 'give', 'Rival', 'tasks-assign-scope', '--agents', 'Failing,Holder')).toMatchObject({ permissions: ['TASKS_ASSIGN_SCOPE'], grants: { nodes: [{ scope: { agents: [{}, {}], projects: null } }] } });
  expect((await boardroom(['grant', 'list'], asRival)).stdout).toMatch(/^TASKS_ASSIGN_SCOPE +by Board at .* +agents (Failing, Holder|Holder, Failing)\n$/);
  expect(await boardroom(take, asRival)).toMatchObject({ code: 0 });
  expect(await boardroom(['grant', 'give', 'me', 'agents-create'], asRival)).toMatchObject({ code: 1, stderr: expect.stringContaining('only the board may say what an agent may') });

  expect(await data('grant', 'take', 'Rival', 'tasks-assign-scope')).toMatchObject({ permissions: [] });
  expect(await boardroom(['grant', 'give', 'Rival', 'everything'])).toMatchObject({ code: 2 });
  expect(await boardroom(['grant', 'give', 'Rival', 'tasks-assign', '--below'])).toMatchObject({ code: 1, stderr: expect.stringContaining('goes with TASKS_ASSIGN_SCOPE only') });
});
