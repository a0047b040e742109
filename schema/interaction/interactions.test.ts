import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import type { Issue } from '../../prisma/generated/client.ts';
import { write } from '../../prisma/transaction.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import type { Principal } from '../access/principal.ts';
import { expireStale } from './commands/expire.ts';
import { insertDocument, reviseDocument } from './testing.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const SHOWN = `__typename ... on Interaction { id status note endReason selectedOptionKeys answers { questionKey optionKeys text } verdicts { itemKey verdict }
  tasks { key parentKey issue { id title status parent { id } } } resolvedBy { ... on User { name } } }
  ... on InteractionOver { message interaction { id status } } ... on InteractionStale { newer { id number } interaction { status endReason } } ... on GateShut { message run { id } workspace { id } }`;
const mutation = (name: string, shown = SHOWN) => `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { result: ${name}(input: $input) { ${shown} } }`;
/** Not all of the parts above are in each union. */
const CREATED = '__typename ... on Interaction { id status kind title tasks { key } sourceRun { id } createdBy { ... on Agent { name } } } ... on IssueHeld { holder { id } }';
const ENDED = '__typename ... on Interaction { id status note endReason answers { questionKey optionKeys text } verdicts { itemKey verdict note } } ... on InteractionOver { message interaction { status } }';

const ask = async (by: Principal, input: object) => (await boardroom.ask(by, mutation('createInteraction', CREATED), { input: { title: 'Well?', ...input } })).result;
const accept = async (input: object, by: Principal = BOARD) => (await boardroom.ask(by, mutation('acceptInteraction'), { input })).result;
const end = async (name: 'rejectInteraction' | 'answerInteraction' | 'cancelInteraction', input: object, by: Principal = BOARD) => (await boardroom.ask(by, mutation(name, ENDED), { input })).result;
const comment = (issue: Issue, by: Principal = BOARD) => boardroom.ask(by, 'mutation ($input: AddCommentInput!) { addComment(input: $input) { id } }', { input: { issueId: issue.id, body: 'Hm.' } });
const row = (id: string) => boardroom.db.prisma.interaction.findUniqueOrThrow({ where: { id } });
const wakes = (issue: Issue) => boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id, reason: 'interaction_resolved' } });

/** Work of the engineer that waits for an answer. */
const waiting = () => acme.issue({ assigneeId: acme.engineer.id, status: 'BLOCKED' });
const questions = [{ key: 'where', prompt: 'Where?', options: [{ key: 'here', label: 'Here' }, { key: 'there', label: 'There' }], allowText: true }];

describe('asking', () => {
  test('an agent asks within its run, and both are told', async () => {
    const issue = await waiting();
    const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    expect(await ask(tokenOf(run), { issueId: issue.id, kind: 'CONFIRMATION' })).toMatchObject({ status: 'PENDING', sourceRun: { id: run.id }, createdBy: { name: 'Acme engineer' } });
  });

  test('the same key gives what was asked first; something else with it is a CONFLICT', async () => {
    const issue = await waiting();
    const input = { issueId: issue.id, kind: 'SUGGEST_TASKS', tasks: [{ key: 'a', title: 'A' }], idempotencyKey: 'once' };
    const first = await ask(BOARD, input);
    await accept({ interactionId: first.id });
    expect(await ask(BOARD, input)).toMatchObject({ id: first.id, status: 'ACCEPTED' });
    expect(await ask(keyOf(acme.engineer), input)).toMatchObject({ id: first.id });
    const other = await boardroom.refusal(BOARD, mutation('createInteraction', CREATED), { input: { ...input, title: 'Else?' } });
    expect(other).toMatchObject({ code: 'CONFLICT', details: { interactionId: first.id } });
    expect((await ask(BOARD, { ...input, issueId: (await waiting()).id })).id).not.toBe(first.id);
  });

  test('the newest are had from the end, oldest first', async () => {
    const issue = await waiting();
    for (const title of ['One?', 'Two?', 'Three?']) await ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION', title });
    const newest = 'query ($ref: String!, $before: Cursor) { issue(ref: $ref) { interactions(last: 2, before: $before) { nodes { title } pageInfo { hasPreviousPage startCursor } } } }';
    const { interactions } = (await boardroom.ask(BOARD, newest, { ref: issue.id })).issue;
    expect(interactions).toMatchObject({ nodes: [{ title: 'Two?' }, { title: 'Three?' }], pageInfo: { hasPreviousPage: true } });
    const earlier = (await boardroom.ask(BOARD, newest, { ref: issue.id, before: interactions.pageInfo.startCursor })).issue.interactions;
    expect(earlier).toMatchObject({ nodes: [{ title: 'One?' }], pageInfo: { hasPreviousPage: false } });
  });

  test('twenty at once with one key ask once', async () => {
    const issue = await waiting();
    const input = { issueId: issue.id, kind: 'CONFIRMATION', idempotencyKey: 'race' };
    const ids = await Promise.all(Array.from({ length: 20 }, () => ask(BOARD, input).then(({ id }) => id)));
    expect(new Set(ids).size).toBe(1);
    expect(await boardroom.db.prisma.interaction.count({ where: { issueId: issue.id } })).toBe(1);
  });

  test('a target must be the latest revision of a document of the issue', async () => {
    const [issue, other] = [await waiting(), await waiting()];
    const old = await insertDocument(boardroom.db, issue);
    const input = { issueId: issue.id, kind: 'CONFIRMATION', targetRevisionId: old.latestRevisionId };
    expect(await ask(BOARD, input)).toMatchObject({ status: 'PENDING' });
    const newer = await reviseDocument(boardroom.db, old);
    const refusal = (given: object) => boardroom.refusal(BOARD, mutation('createInteraction', CREATED), { input: { title: 'Well?', ...given } });
    expect(await refusal(input)).toMatchObject({ code: 'RULE_VIOLATION', details: { latestRevisionId: newer.latestRevisionId, latestNumber: 2 } });
    expect(await refusal({ ...input, issueId: other.id, targetRevisionId: newer.latestRevisionId })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await refusal({ ...input, targetRevisionId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ ...input, kind: 'ASK_QUESTIONS', questions, targetRevisionId: newer.latestRevisionId })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('not on finished work, not on what another run has', async () => {
    const issue = await waiting();
    await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'DONE', completedAt: new Date() } });
    expect(await boardroom.refusal(BOARD, mutation('createInteraction', CREATED), { input: { issueId: issue.id, kind: 'CONFIRMATION', title: 'Well?' } })).toMatchObject({ code: 'RULE_VIOLATION' });
    const held = await acme.issue({ assigneeId: acme.engineer.id });
    const run = await insertRun(boardroom.db, acme.engineer, { issueId: held.id });
    await boardroom.db.prisma.issue.update({ where: { id: held.id }, data: { status: 'IN_PROGRESS', holderRunId: run.id, holderStatus: 'RUNNING' } });
    expect(await ask(keyOf(acme.writer), { issueId: held.id, kind: 'CONFIRMATION' })).toEqual({ __typename: 'IssueHeld', holder: { id: run.id } });
    expect(await ask(tokenOf(run), { issueId: held.id, kind: 'CONFIRMATION' })).toMatchObject({ __typename: 'Interaction' });
  });
});

describe('resolving', () => {
  test('the answer reaches the agent whose issue it is', async () => {
    const issue = await waiting();
    const { id } = await ask(BOARD, { issueId: issue.id, kind: 'ASK_QUESTIONS', questions });
    const answers = [{ questionKey: 'where', optionKeys: ['there'], text: 'By the window' }];
    expect(await end('answerInteraction', { interactionId: id, answers, note: 'Soon' })).toMatchObject({ status: 'ANSWERED', answers, note: 'Soon' });
    const [wake] = await wakes(issue);
    expect(wake).toMatchObject({ agentId: acme.engineer.id, status: 'QUEUED', payload: { interaction: { id, status: 'ANSWERED', note: 'Soon', result: { answers } } } });
  });

  test.each([['NONE', 0, 0], ['WAKE_ASSIGNEE', 1, 1], ['WAKE_ASSIGNEE_ON_ACCEPT', 1, 0]])('%s: %i wakes after a yes, %i after a no', async (continuation, yes, no) => {
    const [one, two] = [await waiting(), await waiting()];
    await accept({ interactionId: (await ask(BOARD, { issueId: one.id, kind: 'CONFIRMATION', continuation })).id });
    await end('rejectInteraction', { interactionId: (await ask(BOARD, { issueId: two.id, kind: 'CONFIRMATION', continuation })).id });
    expect([(await wakes(one)).length, (await wakes(two)).length]).toEqual([yes, no]);
  });

  test('a second resolution is told how the first ended', async () => {
    const { id } = await ask(BOARD, { issueId: (await waiting()).id, kind: 'CONFIRMATION' });
    await end('rejectInteraction', { interactionId: id });
    expect(await accept({ interactionId: id })).toMatchObject({ __typename: 'InteractionOver', message: 'it is rejected already', interaction: { status: 'REJECTED' } });
    expect(await end('rejectInteraction', { interactionId: id })).toMatchObject({ __typename: 'InteractionOver' });
    expect(await end('cancelInteraction', { interactionId: id })).toMatchObject({ __typename: 'InteractionOver' });
  });

  test('of twenty at once one resolves it', async () => {
    const issue = await waiting();
    const { id } = await ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION' });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? accept({ interactionId: id }) : end('rejectInteraction', { interactionId: id }))));
    expect(answers.filter(({ __typename }) => __typename === 'Interaction')).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename === 'InteractionOver')).toHaveLength(19);
    expect(await wakes(issue)).toHaveLength(1);
  });

  test('agents resolve nothing, and withdraw only what they asked', async () => {
    const issue = await waiting();
    const { id } = await ask(keyOf(acme.engineer), { issueId: issue.id, kind: 'CONFIRMATION' });
    for (const name of ['acceptInteraction', 'rejectInteraction', 'answerInteraction']) {
      expect(await boardroom.refusal(keyOf(acme.engineer), mutation(name, '__typename'), { input: { interactionId: id } }), name).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await boardroom.refusal(keyOf(acme.ceo), mutation('cancelInteraction', '__typename'), { input: { interactionId: id } })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await end('cancelInteraction', { interactionId: id }, keyOf(acme.engineer))).toMatchObject({ status: 'CANCELLED', endReason: 'withdrawn' });
    expect(await wakes(issue)).toHaveLength(0);
  });

  test('what the board withdraws, the agent that waits for it is told', async () => {
    const [one, two] = [await waiting(), await waiting()];
    const asked = async (issue: Issue, continuation: string) => (await ask(keyOf(acme.engineer), { issueId: issue.id, kind: 'CONFIRMATION', continuation })).id;
    await end('cancelInteraction', { interactionId: await asked(one, 'WAKE_ASSIGNEE'), reason: 'Not now' });
    await end('cancelInteraction', { interactionId: await asked(two, 'WAKE_ASSIGNEE_ON_ACCEPT') });
    expect(await wakes(one)).toMatchObject([{ agentId: acme.engineer.id, status: 'QUEUED', payload: { interaction: { status: 'CANCELLED', note: 'Not now' } } }]);
    expect(await wakes(two)).toHaveLength(0);
  });

  test('what does not fit its kind is a RULE_VIOLATION', async () => {
    const issueId = (await waiting()).id;
    const asked = await ask(BOARD, { issueId, kind: 'ASK_QUESTIONS', questions });
    const confirmation = await ask(BOARD, { issueId, kind: 'CONFIRMATION' });
    expect(await boardroom.refusal(BOARD, mutation('acceptInteraction', '__typename'), { input: { interactionId: asked.id } })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await boardroom.refusal(BOARD, mutation('answerInteraction', '__typename'), { input: { interactionId: confirmation.id } })).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test('a no that needs a word, boxes with bounds, verdicts on all items', async () => {
    const issueId = (await waiting()).id;
    const strict = await ask(BOARD, { issueId, kind: 'CONFIRMATION', requireReason: true });
    expect(await boardroom.refusal(BOARD, mutation('rejectInteraction', '__typename'), { input: { interactionId: strict.id } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect(await end('rejectInteraction', { interactionId: strict.id, reason: 'Too dear' })).toMatchObject({ status: 'REJECTED', note: 'Too dear' });
    const options = ['a', 'b', 'c'].map((key) => ({ key, label: key }));
    const boxes = await ask(BOARD, { issueId, kind: 'CHECKBOX_CONFIRMATION', options, minSelected: 1, maxSelected: 2 });
    expect(await boardroom.refusal(BOARD, mutation('acceptInteraction', '__typename'), { input: { interactionId: boxes.id } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'optionKeys' });
    expect(await accept({ interactionId: boxes.id, optionKeys: ['a', 'c'] })).toMatchObject({ status: 'ACCEPTED', selectedOptionKeys: ['a', 'c'] });
    const items = await ask(BOARD, { issueId, kind: 'ITEM_VERDICTS', items: options.slice(0, 2) });
    const verdicts = [{ itemKey: 'a', verdict: 'DEFER', note: 'later' }, { itemKey: 'b', verdict: 'REJECT', note: null }];
    expect(await end('answerInteraction', { interactionId: items.id, verdicts })).toMatchObject({ status: 'ANSWERED', verdicts });
  });
});

describe('suggested tasks', () => {
  const tasks = [
    { key: 'api', title: 'The API' }, { key: 'tests', parentKey: 'api', title: 'Its tests' }, { key: 'docs', title: 'The page' }, { key: 'pictures', parentKey: 'docs', title: 'Pictures' },
  ];

  test('a closed choice is filed in the transaction that accepts', async () => {
    const issue = await waiting();
    const { id } = await ask(BOARD, { issueId: issue.id, kind: 'SUGGEST_TASKS', tasks: tasks.map((task) => (task.key === 'api' ? { ...task, assigneeId: acme.writer.id, priority: 'HIGH' } : task)) });
    expect(await boardroom.refusal(BOARD, mutation('acceptInteraction', '__typename'), { input: { interactionId: id, taskKeys: ['tests'] } })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await boardroom.db.prisma.issue.count({ where: { parentId: issue.id } })).toBe(0);
    const { tasks: accepted } = await accept({ interactionId: id, taskKeys: ['tests', 'api'] });
    const [api, made, docs] = ['api', 'tests', 'docs'].map((key) => accepted.find((task: { key: string }) => task.key === key).issue);
    expect([api, made, docs]).toMatchObject([{ title: 'The API', status: 'TODO', parent: { id: issue.id } }, { parent: { id: api.id } }, null]);
    expect(await accept({ interactionId: id })).toMatchObject({ __typename: 'InteractionOver' });
    expect(await boardroom.db.prisma.wakeup.count({ where: { issueId: api.id, reason: 'issue_assigned' } })).toBe(1);
  });

  test('all of fifty, by ten at once: one set', async () => {
    const issue = await waiting();
    const fifty = Array.from({ length: 50 }, (_, i) => ({ key: `t${i}`, title: `Task ${i}`, ...(i % 5 ? { parentKey: `t${i - (i % 5)}` } : {}) }));
    const { id } = await ask(BOARD, { issueId: issue.id, kind: 'SUGGEST_TASKS', tasks: fifty });
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept({ interactionId: id })));
    expect(answers.filter(({ __typename }) => __typename === 'Interaction')).toHaveLength(1);
    expect(await boardroom.db.prisma.issue.count({ where: { OR: [{ parentId: issue.id }, { parent: { parentId: issue.id } }] } })).toBe(50);
  });

  test('nothing is filed under an issue that was cancelled meanwhile', async () => {
    const issue = await waiting();
    const { id } = await ask(BOARD, { issueId: issue.id, kind: 'SUGGEST_TASKS', tasks });
    await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'CANCELLED', cancelledAt: new Date() } });
    expect(await boardroom.refusal(BOARD, mutation('acceptInteraction', '__typename'), { input: { interactionId: id } })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await boardroom.db.prisma.issue.count({ where: { parentId: issue.id } })).toBe(0);
    expect(await end('rejectInteraction', { interactionId: id })).toMatchObject({ status: 'REJECTED' });
  });

  test('what was asked on an issue ends with its being cancelled, and outlasts its being done', async () => {
    const [cancelled, done] = [await waiting(), await waiting()];
    const asked = async (issue: Issue) => (await ask(BOARD, { issueId: issue.id, kind: 'SUGGEST_TASKS', tasks })).id;
    const [one, two] = [await asked(cancelled), await asked(done)];
    const move = (issueId: string, status: string) => boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${issueId}", status: ${status} }) { __typename } }`);
    await move(cancelled.id, 'CANCELLED');
    await boardroom.db.prisma.issue.update({ where: { id: done.id }, data: { status: 'IN_PROGRESS' } });
    await move(done.id, 'DONE');
    expect(await row(one)).toMatchObject({ status: 'EXPIRED', endReason: 'issue_cancelled' });
    expect(await row(two)).toMatchObject({ status: 'PENDING' });
  });

  test('a comment leaves them', async () => {
    const issue = await waiting();
    const { id } = await ask(BOARD, { issueId: issue.id, kind: 'SUGGEST_TASKS', tasks });
    await comment(issue);
    expect(await row(id)).toMatchObject({ status: 'PENDING' });
  });
});

describe('what overtakes it', () => {
  test('a comment by a person, unless it is to outlast comments; an agent’s changes nothing', async () => {
    const issue = await waiting();
    const asked = [
      await ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION' }), await ask(BOARD, { issueId: issue.id, kind: 'ASK_QUESTIONS', questions }),
      await ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION', supersedeOnComment: false }),
    ];
    await comment(issue, keyOf(acme.engineer));
    expect((await row(asked[0].id)).status).toBe('PENDING');
    const { addComment } = await comment(issue);
    const [first, second, third] = await Promise.all(asked.map(({ id }) => row(id)));
    for (const each of [first, second]) expect(each).toMatchObject({ status: 'EXPIRED', endReason: 'superseded_by_comment', result: { commentId: addComment.id } });
    expect(third).toMatchObject({ status: 'PENDING' });
    expect(await boardroom.db.prisma.activity.count({ where: { issueId: issue.id, action: 'interaction.expired' } })).toBe(2);
    expect(await accept({ interactionId: asked[0].id })).toMatchObject({ __typename: 'InteractionOver', interaction: { status: 'EXPIRED' } });
  });

  test('also on an issue that is nobody’s, where a comment needs no serializable transaction', async () => {
    const issue = await acme.issue();
    const { id } = await ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION' });
    await comment(issue);
    expect(await row(id)).toMatchObject({ status: 'EXPIRED' });
  });

  test('a comment and an accept at once: one of the two', async () => {
    for (let i = 0; i < 10; i += 1) {
      const issue = await acme.issue();
      const { id } = await ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION' });
      const [accepted] = await Promise.all([accept({ interactionId: id }), comment(issue)]);
      expect((await row(id)).status).toBe(accepted.__typename === 'Interaction' ? 'ACCEPTED' : 'EXPIRED');
    }
  });

  test('a document that is written anew, or deleted', async () => {
    const issue = await waiting();
    const put = async (body: string, baseRevisionId?: string) =>
      (await boardroom.ask(BOARD, 'mutation ($input: PutDocumentInput!) { putDocument(input: $input) { ... on Document { id latestRevision { id } } } }', { input: { issueId: issue.id, key: 'plan', body, baseRevisionId } })).putDocument;
    const first = await put('one');
    const asks = (revisionId: string) => ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION', targetRevisionId: revisionId });
    const stale = await asks(first.latestRevision.id);
    const second = await put('two', first.latestRevision.id);
    expect(await row(stale.id)).toMatchObject({ status: 'EXPIRED', endReason: 'stale_target' });
    expect(await accept({ interactionId: stale.id })).toMatchObject({ __typename: 'InteractionStale', newer: { id: second.latestRevision.id, number: 2 } });
    const current = await asks(second.latestRevision.id);
    await boardroom.ask(BOARD, `mutation { deleteDocument(input: { documentId: "${first.id}" }) { __typename } }`);
    expect(await row(current.id)).toMatchObject({ status: 'EXPIRED' });
    expect(await accept({ interactionId: current.id })).toMatchObject({ __typename: 'InteractionOver' });
  });

  test('a newer revision: at the accept, and as soon as it is written', async () => {
    const issue = await waiting();
    const old = await insertDocument(boardroom.db, issue);
    const input = { issueId: issue.id, kind: 'CONFIRMATION', targetRevisionId: old.latestRevisionId };
    const [one, two] = [await ask(BOARD, input), await ask(BOARD, input)];
    const newer = await reviseDocument(boardroom.db, old);
    const stale = { __typename: 'InteractionStale', newer: { id: newer.latestRevisionId, number: 2 }, interaction: { status: 'EXPIRED', endReason: 'stale_target' } };
    expect(await accept({ interactionId: one.id })).toEqual(stale);
    await write(boardroom.db, (tx) => expireStale(tx, BOARD, old.id, newer.latestRevisionId));
    expect(await row(two.id)).toMatchObject({ status: 'EXPIRED', endReason: 'stale_target' });
    expect(await accept({ interactionId: two.id })).toEqual(stale);
    expect(await wakes(issue)).toHaveLength(0);
    const current = await ask(BOARD, { ...input, targetRevisionId: newer.latestRevisionId });
    expect(await accept({ interactionId: current.id })).toMatchObject({ status: 'ACCEPTED' });
  });
});

describe('the gate', () => {
  /** A run of the engineer on its work, and what was done to the workspace for it. */
  async function worked(...operations: ['PREPARE' | 'FINALIZE', 'RUNNING' | 'SUCCEEDED' | 'FAILED'][]) {
    const issue = await waiting();
    const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    const { prisma } = boardroom.db;
    const workspace = await prisma.workspace.create({ data: { id: newId(), companyId: acme.id, sourceIssueId: issue.id, mode: 'SHARED_FOLDER', path: `/nowhere/${issue.id}` } });
    await prisma.issue.update({ where: { id: issue.id }, data: { workspaceId: workspace.id } });
    const operate = (phase: 'PREPARE' | 'FINALIZE', status: 'RUNNING' | 'SUCCEEDED' | 'FAILED') =>
      prisma.workspaceOperation.create({ data: { id: newId(), companyId: acme.id, workspaceId: workspace.id, runId: run.id, issueId: issue.id, phase, status } });
    for (const operation of operations) await operate(...operation);
    return { issue, run, workspace, operate };
  }
  const options = [{ key: 'a', label: 'A' }];

  test.each([['CONFIRMATION', {}, {}], ['CHECKBOX_CONFIRMATION', { options }, { optionKeys: ['a'] }]])('%s: accepted once the workspace of the run that asked is finalized', async (kind, asked, ticked) => {
    const { issue, run, workspace, operate } = await worked(['PREPARE', 'SUCCEEDED']);
    const { id } = await ask(tokenOf(run), { issueId: issue.id, kind, ...asked });
    const shut = { __typename: 'GateShut', run: { id: run.id }, workspace: { id: workspace.id } };
    expect(await accept({ interactionId: id, ...ticked })).toMatchObject(shut);
    await operate('FINALIZE', 'FAILED');
    expect(await accept({ interactionId: id, ...ticked })).toMatchObject(shut);
    expect(await row(id)).toMatchObject({ status: 'PENDING', resolvedAt: null });
    await operate('FINALIZE', 'SUCCEEDED');
    expect(await accept({ interactionId: id, ...ticked })).toMatchObject({ status: 'ACCEPTED' });
  });

  test('a no, answers, verdicts and task suggestions pass', async () => {
    const { issue, run } = await worked(['FINALIZE', 'FAILED']);
    const asked = (input: object) => ask(tokenOf(run), { issueId: issue.id, ...input }).then(({ id }) => id);
    expect(await end('rejectInteraction', { interactionId: await asked({ kind: 'CONFIRMATION' }) })).toMatchObject({ status: 'REJECTED' });
    expect(await end('answerInteraction', { interactionId: await asked({ kind: 'ASK_QUESTIONS', questions }), answers: [{ questionKey: 'where', optionKeys: ['here'] }] })).toMatchObject({ status: 'ANSWERED' });
    expect(await end('answerInteraction', { interactionId: await asked({ kind: 'ITEM_VERDICTS', items: options }), verdicts: [{ itemKey: 'a', verdict: 'APPROVE' }] })).toMatchObject({ status: 'ANSWERED' });
    expect(await accept({ interactionId: await asked({ kind: 'SUGGEST_TASKS', tasks: [{ key: 'a', title: 'A' }] }) })).toMatchObject({ status: 'ACCEPTED' });
  });

  test('what nobody’s run asked passes', async () => {
    const { issue } = await worked(['FINALIZE', 'FAILED']);
    expect(await accept({ interactionId: (await ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION' })).id })).toMatchObject({ status: 'ACCEPTED' });
  });
});

test('what waits for the board is listed, newest first, and what an issue asked, oldest first', async () => {
  const zebra = await smallCompany(boardroom, 'Zebra');
  const issue = await zebra.issue();
  const [one, two] = [await ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION', title: 'One' }), await ask(BOARD, { issueId: issue.id, kind: 'ASK_QUESTIONS', title: 'Two', questions })];
  const third = await ask(BOARD, { issueId: issue.id, kind: 'CONFIRMATION', title: 'Three' });
  await accept({ interactionId: third.id });
  const { company } = await boardroom.ask(BOARD, `{ company(ref: "${zebra.id}") { pendingInteractions { totalCount nodes { title issue { identifier } } } } }`);
  expect(company.pendingInteractions).toMatchObject({ totalCount: 2, nodes: [{ title: 'Two' }, { title: 'One' }] });
  const listed = await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { interactions(filter: { kinds: [CONFIRMATION] }) { nodes { id } } } node(id: "${two.id}") { ... on Interaction { questions { key options { key } } } } }`);
  expect(listed).toEqual({ issue: { interactions: { nodes: [{ id: one.id }, { id: third.id }] } }, node: { questions: [{ key: 'where', options: [{ key: 'here' }, { key: 'there' }] }] } });
});
