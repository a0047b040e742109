import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { boardroomCommand, type Circumstances, commandData } from '../support/command.ts';

// `boardroom ask` and `boardroom plan`: an agent asks within a run, the board answers, and the plan becomes children.

let live: RunningBoardroom;
let companyId: string;
let plannerKey: string;

beforeAll(async () => {
  live = await startBoardroom();
  ({ createCompany: { id: companyId } } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }'));
  const planner = await hire('Planner');
  await hire('Builder', planner);
  const { createAgentKey } = await ask<{ createAgentKey: { secret: string } }>(live.address, 'mutation($input: CreateAgentKeyInput!) { createAgentKey(input: $input) { secret } }', { input: { agentId: planner, name: 'test' } });
  plannerKey = createAgentKey.secret;
});

afterAll(async () => {
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
});

async function hire(name: string, managerId?: string): Promise<string> {
  const input = { companyId, name, adapterType: 'process', adapterConfig: { command: 'true' }, ...(managerId ? { managerId } : {}) };
  const { createAgent } = await ask<{ createAgent: { id: string } }>(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input });
  return createAgent.id;
}

const boardroom = (args: string[], circumstances?: Circumstances) => boardroomCommand(live.address, args, circumstances);

const asPlanner = () => ({ env: { BOARDROOM_API_KEY: plannerKey } });
const asAgent = (...args: string[]) => boardroom(args, asPlanner());

const data = <T>(by: 'agent' | 'board', ...args: string[]) => commandData<T>(live.address, args, by === 'agent' ? asPlanner() : {});

interface Asked { id: string; status: string; kind: string }

test('a question is asked, listed, waited for and answered', async () => {
  await boardroom(['issue', 'create', 'Pick a colour', '--assignee', 'Planner', '--status', 'backlog']);
  const asked = await data<Asked>('agent', 'ask', 'question', 'ACME-1', 'Which colour?', '--option', 'red=Red', '--option', 'Blue', '--text', '--key', 'colour');
  expect(asked).toMatchObject({ status: 'PENDING', kind: 'ASK_QUESTIONS' });
  expect(await data('agent', 'ask', 'question', 'ACME-1', 'Which colour?', '--option', 'red=Red', '--option', 'Blue', '--text', '--key', 'colour')).toMatchObject({ id: asked.id });
  expect((await boardroom(['ask', 'list', '--pending'])).stdout).toMatch(new RegExp(`^${asked.id} +ACME-1 +ASK_QUESTIONS +PENDING +Which colour\\?`));
  expect((await boardroom(['issue', 'show', 'ACME-1'])).stdout).toMatch(/waits for the board[^]*Which colour\?/);
  expect((await asAgent('ask', 'wait', asked.id, '--seconds', '0')).code).toBe(1);

  const waiting = asAgent('ask', 'wait', asked.id);
  expect(await asAgent('ask', 'answer', asked.id, '--choose', 'red')).toMatchObject({ code: 1, stderr: expect.stringContaining('FORBIDDEN') });
  expect((await boardroom(['ask', 'answer', asked.id, '--choose', '2', '--text', 'The light one'])).code).toBe(0);
  const { code, stdout } = await waiting;
  expect(code).toBe(0);
  expect(stdout).toMatch(/status +ANSWERED[^]*\[ \] red +Red[^]*\[x\] 2 +Blue[^]*The light one/);
  const again = await boardroom(['ask', 'answer', asked.id, '--choose', 'red']);
  expect(again).toMatchObject({ code: 3, stderr: expect.stringContaining('InteractionOver: it is answered already') });
});

test('a plan is confirmed, decomposed once, and the issue waits for its children', async () => {
  await boardroom(['issue', 'create', 'Ship it', '--assignee', 'Planner', '--status', 'backlog']);
  expect(await asAgent('ask', 'confirm', 'ACME-2', 'This plan?', '--document', 'plan')).toMatchObject({ code: 1, stderr: expect.stringContaining('no document plan') });
  const first = await data<{ latestRevision: { id: string } }>('agent', 'doc', 'put', 'ACME-2', 'plan', 'First this, then that.');
  const stale = await data<Asked>('agent', 'ask', 'confirm', 'ACME-2', 'This plan?', '--document', 'plan');
  await data('agent', 'doc', 'put', 'ACME-2', 'plan', 'First that, then this.', '--base', first.latestRevision.id);
  expect(await boardroom(['ask', 'accept', stale.id])).toMatchObject({ code: 3, stderr: expect.stringContaining('revision 2 is the latest') });

  const children = JSON.stringify([{ key: 'that', title: 'That', assignee: 'Builder' }, { key: 'this', title: 'This', afterKeys: ['that'] }]);
  expect(await asAgent('plan', 'decompose', 'ACME-2', children)).toMatchObject({ code: 1, stderr: expect.stringContaining('has not accepted') });
  const current = await data<Asked>('agent', 'ask', 'confirm', 'ACME-2', 'This plan?', '--document', 'plan', '--summary', 'Two steps');
  expect(await data('board', 'ask', 'accept', current.id, '--note', 'Go')).toMatchObject({ status: 'ACCEPTED', note: 'Go', targetRevision: { number: 2 } });

  const file = join(live.home, 'children.json');
  await writeFile(file, children);
  const made = await data<{ children: { identifier: string }[] }>('agent', 'plan', 'decompose', 'ACME-2', '--file', file);
  expect(made.children.map(({ identifier }) => identifier)).toEqual(['ACME-3', 'ACME-4']);
  expect(await data('agent', 'plan', 'decompose', 'ACME-2', children)).toEqual(made);
  expect(await asAgent('plan', 'decompose', 'ACME-2', '[{"key":"other","title":"Other"}]')).toMatchObject({ code: 3, stderr: expect.stringMatching(/DecompositionDiffers[^]*ACME-3/) });
  expect(await data('board', 'issue', 'show', 'ACME-2')).toMatchObject({ blockedBy: [{ identifier: 'ACME-3' }, { identifier: 'ACME-4' }] });
  expect(await data('board', 'issue', 'show', 'ACME-4')).toMatchObject({ blockedBy: [{ identifier: 'ACME-3' }], parent: { identifier: 'ACME-2' } });
  expect((await boardroom(['plan', 'show', 'ACME-2'])).stdout).toMatch(/revision 2[^]*First that[^]*EXPIRED[^]*ACCEPTED[^]*2 of 2 children, COMPLETED[^]*ACME-3/);
});

test('anything as JSON; boxes are ticked, drafts chosen, and what was asked is withdrawn', async () => {
  const { identifier } = await data<{ identifier: string }>('board', 'issue', 'create', 'More', '--assignee', 'Planner', '--status', 'backlog');
  const suggested = await data<Asked>('agent', 'ask', 'send', identifier, '{"kind":"SUGGEST_TASKS","title":"Two","tasks":[{"key":"a","title":"A"},{"key":"b","title":"B"}]}');
  expect(await data('board', 'ask', 'accept', suggested.id, '--tasks', 'b')).toMatchObject({ tasks: [{ key: 'a', issue: null }, { key: 'b', issue: { status: 'BACKLOG' } }] });
  const boxes = await data<Asked>('agent', 'ask', 'confirm', identifier, 'Which of these?', '--option', 'x=X', '--option', 'y=Y');
  expect(await data('board', 'ask', 'accept', boxes.id, '--tick', 'y')).toMatchObject({ kind: 'CHECKBOX_CONFIRMATION', selectedOptionKeys: ['y'] });
  const strict = await data<Asked>('agent', 'ask', 'confirm', identifier, 'Sure?', '--reason-required', '--outlast-comments', '--wake', 'never');
  expect(await boardroom(['ask', 'reject', strict.id])).toMatchObject({ code: 1, stderr: expect.stringContaining('say why') });
  expect(await data('board', 'ask', 'reject', strict.id, '--reason', 'No')).toMatchObject({ status: 'REJECTED', note: 'No' });
  const last = await data<Asked>('agent', 'ask', 'confirm', identifier, 'Still there?');
  expect(await data('agent', 'ask', 'cancel', last.id)).toMatchObject({ status: 'CANCELLED', endReason: 'withdrawn' });
  expect((await data<unknown[]>('agent', 'ask', 'list', identifier))).toHaveLength(4);
  expect(await asAgent('ask', 'send', identifier, '{')).toMatchObject({ code: 2, stderr: expect.stringContaining('no JSON') });
  expect(await asAgent('ask', 'show', companyId)).toMatchObject({ code: 1, stderr: expect.stringContaining('NOT_FOUND') });
});

test('work is reviewed by somebody else before it is done', async () => {
  const { identifier } = await data<{ identifier: string }>('board', 'issue', 'create', 'Review me', '--assignee', 'Builder', '--status', 'backlog');
  expect((await boardroom(['issue', 'policy', identifier])).stdout).toContain('nobody must');
  expect((await boardroom(['issue', 'policy', identifier, '--stage', 'review=Planner', '--stage', 'approval=board'])).stdout).toMatch(/REVIEW +Planner[^]*APPROVAL +Board/);
  await boardroom(['issue', 'update', identifier, '--status', 'todo']);
  await boardroom(['issue', 'update', identifier, '--status', 'in-progress']);
  expect(await data('board', 'issue', 'update', identifier, '--status', 'done')).toMatchObject({ status: 'IN_REVIEW' });
  expect(await boardroom(['issue', 'decide', identifier, '--approve', 'Mine'])).toMatchObject({ code: 1, stderr: expect.stringContaining('RULE_VIOLATION') });
  expect(await data('agent', 'issue', 'decide', identifier, '--approve', 'Reads well')).toMatchObject({ status: 'IN_REVIEW' });
  expect((await boardroom(['issue', 'policy', identifier])).stdout).toMatch(/APPROVAL +Board +waits for Board[^]*Planner +APPROVED: Reads well/);
  expect(await data('board', 'issue', 'decide', identifier, '--changes', 'Not yet')).toMatchObject({ status: 'IN_PROGRESS', assignee: { name: 'Builder' } });
  expect(await boardroom(['issue', 'decide', identifier, 'why'])).toMatchObject({ code: 2 });
});
