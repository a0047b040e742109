import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askUntil, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { boardroomCommand, type Circumstances, commandData } from '../support/command.ts';

// Documents and their threads by the `boardroom` command, as people use it and as an agent does within its run.

let live: RunningBoardroom;
let companyId: string;

beforeAll(async () => {
  live = await startBoardroom();
  ({ createCompany: { id: companyId } } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }'));
  await boardroom(['issue', 'create', 'First']);
});

afterAll(async () => {
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
});

const boardroom = (args: string[], circumstances?: Circumstances) => boardroomCommand(live.address, args, circumstances);

const data = <T>(...args: string[]) => commandData<T>(live.address, args);

test('a document is written, read, changed on what was read, compared and brought back', async () => {
  const file = join(live.home, 'plan.md');
  await writeFile(file, '# Plan\n\nLaunch in **spring**.\n');
  expect(await boardroom(['doc', 'put', 'ACME-1', 'plan', '--file', file, '--title', 'The plan'])).toMatchObject({ code: 0, stdout: 'wrote ACME-1 plan, revision 1\n' });
  expect((await boardroom(['doc', 'show', 'plan'], { env: { BOARDROOM_TASK_ID: 'ACME-1' } })).stdout).toBe('# Plan\n\nLaunch in **spring**.\n'); // byte for byte, so that it can be put back
  expect(await boardroom(['doc', 'put', 'ACME-1', 'plan', 'blind'])).toMatchObject({ code: 3, stderr: expect.stringMatching(/^DocumentOutdated: .*\n {2}revision 1 of Board, [^]*its id is /) });
  expect(await boardroom(['doc', 'put', 'ACME-1', 'plan', '-', '--base', '1', '-m', 'later'], { input: '# Plan\n\nLaunch in **autumn**.\n' })).toMatchObject({ code: 0, stdout: 'wrote ACME-1 plan, revision 2\n' });
  expect(await boardroom(['doc', 'put', 'ACME-1', 'plan', 'late', '--base', '1'])).toMatchObject({ code: 3, stderr: expect.stringContaining('later') });
  expect((await boardroom(['doc', 'diff', 'ACME-1', 'plan'])).stdout).toContain('-Launch in **spring**.\n+Launch in **autumn**.\n');
  expect(await data('doc', 'diff', 'ACME-1', 'plan', '1', '2')).toMatchObject({ added: 1, removed: 1 });
  expect((await boardroom(['doc', 'restore', 'ACME-1', 'plan', '1'])).stdout).toBe('brought back revision 1 of ACME-1 plan as revision 3\n');
  expect((await boardroom(['doc', 'show', 'ACME-1', 'plan', '--revision', '2'])).stdout).toContain('autumn');
  expect((await boardroom(['doc', 'list', 'ACME-1'])).stdout).toMatch(/^plan +r3 .* - +0 open +The plan\n$/);
});

test('a passage is annotated by its words, answered and settled; the thread follows it', async () => {
  const annotated = await data<{ id: string; quote: string }>('doc', 'annotate', 'ACME-1', 'plan', '--quote', 'Launch in spring', 'Too early?');
  expect(await boardroom(['doc', 'put', 'ACME-1', 'plan', '# Plan\n\nIntro.\n\nLaunch in **spring**.', '--force'])).toMatchObject({ code: 0 });
  expect(await boardroom(['doc', 'annotate', '--thread', annotated.id, 'No.', '--resolve'])).toMatchObject({ code: 0, stdout: 'replied and resolved\n' });
  const { threads } = await data<{ threads: unknown[] }>('doc', 'show', 'ACME-1', 'plan', '--full');
  expect(threads).toMatchObject([{ id: annotated.id, status: 'RESOLVED', anchorState: 'ACTIVE', place: { text: 'Launch in spring' }, comments: { nodes: [{ body: 'Too early?' }, { body: 'No.' }] } }]);
  expect((await boardroom(['doc', 'show', 'ACME-1', 'plan', '--full'])).stdout).toMatch(/ACME-1 plan {2}The plan[^]*RESOLVED ACTIVE {2}"Launch in spring"/);
  expect(await boardroom(['doc', 'annotate', 'ACME-1', 'plan', '--quote', 'nowhere', 'Hm.'])).toMatchObject({ code: 1, stderr: expect.stringMatching(/^RULE_VIOLATION: /) });
});

test('what the board locks an agent writes beside', async () => {
  expect((await boardroom(['doc', 'lock', 'ACME-1', 'plan'])).stdout).toBe('locked ACME-1 plan\n');
  expect(await boardroom(['doc', 'put', 'ACME-1', 'plan', 'x', '--force'])).toMatchObject({ code: 3, stderr: expect.stringMatching(/^DocumentLocked: .*\n {2}locked by Board since /) });
  // A run that leaves its issue open may be followed by another, which then finds plan-2 taken.
  const script = 'boardroom doc show plan && boardroom doc put plan "My own plan" && boardroom doc lock plan; echo "exit $?"';
  const hired = { companyId, name: 'Writer', adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', script] } };
  const { createAgent: { id } } = await ask<{ createAgent: { id: string } }>(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input: hired });
  await data('issue', 'update', 'ACME-1', '--assignee', id, '--status', 'todo');
  const log = await askUntil(() => boardroom(['run', 'log', '--issue', 'ACME-1']), ({ stdout }) => stdout.includes('exit '));
  expect(log.stdout).toMatch(/Launch in \*\*spring\*\*[^]*this was written as plan-[23]\nFORBIDDEN: [^]*exit 1/);
  expect((await boardroom(['doc', 'unlock', 'ACME-1', 'plan'])).stdout).toBe('unlocked ACME-1 plan\n');
});

test('the longest text passes, in letters of three bytes each; a longer one is declined', async () => {
  const file = join(live.home, 'long.md');
  await writeFile(file, '\u4e2d'.repeat(524_288));
  expect(await boardroom(['doc', 'put', 'ACME-1', 'long', '--file', file])).toMatchObject({ code: 0, stdout: 'wrote ACME-1 long, revision 1\n' });
  expect((await boardroom(['doc', 'show', 'ACME-1', 'long'])).stdout).toHaveLength(524_289);
  await writeFile(file, '\u4e2d'.repeat(524_289));
  expect(await boardroom(['doc', 'put', 'ACME-1', 'longer', '--file', file])).toMatchObject({ code: 1, stderr: expect.stringMatching(/^BAD_USER_INPUT: body/) });
});

test('a call that says too little is told so', async () => {
  for (const args of [['doc', 'show'], ['doc', 'put', 'ACME-1', 'plan'], ['doc', 'annotate', 'ACME-1', 'plan', 'text'], ['doc', 'restore', 'ACME-1', 'plan'], ['doc']]) expect(await boardroom(args), args.join(' ')).toMatchObject({ code: 2 });
  expect(await boardroom(['doc', 'show', 'ACME-1', 'none'])).toMatchObject({ code: 1, stderr: 'NOT_FOUND: ACME-1 has no document none\n' });
});
