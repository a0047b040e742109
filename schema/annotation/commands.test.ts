import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { type Answer, BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';
import { keyOf } from '../testing/runs.ts';
import { project } from './anchor/projection.ts';
import { type Selector, selectorNear } from './anchor/selector.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const TEXT = '# The plan\n\nWe **launch** in spring. The rocket \u{1f680} is red.\n\nWe land in autumn.\n';

interface Written { id: string; revisionId: string; key: string; issueId: string }

async function written(body = TEXT): Promise<Written> {
  const issue = await acme.issue();
  return revised({ issueId: issue.id, key: 'plan', id: '', revisionId: '' }, body, null);
}

async function revised({ issueId, key }: Written, body: string, baseRevisionId: string | null): Promise<Written> {
  const { result } = await boardroom.ask(BOARD, 'mutation ($input: PutDocumentInput!) { result: putDocument(input: $input) { __typename ... on Document { id latestRevision { id } } } }', { input: { issueId, key, body, baseRevisionId } });
  return { issueId, key, id: result.id, revisionId: result.latestRevision.id };
}

const CREATE = `mutation ($input: CreateAnnotationInput!) { result: createAnnotation(input: $input) { __typename
  ... on DocumentOutdated { newer { number } }
  ... on AnnotationThread { id status anchorState confidence quote prefix suffix projectionVersion place { text normalizedStart normalizedEnd markdownStart markdownEnd } comments { nodes { id body author { __typename } } } originalRevision { number } } } }`;

const inputFor = (document: Written, words: string, more: Record<string, unknown> = {}) => ({ documentId: document.id, baseRevisionId: document.revisionId, quote: { exact: words }, body: 'Why?', ...more });

async function annotate(document: Written, words: string, more: Record<string, unknown> = {}, by = BOARD): Promise<Answer> {
  return (await boardroom.ask(by, CREATE, { input: inputFor(document, words, more) }))['result'];
}

const thread = async (id: string): Promise<Answer> =>
  (await boardroom.ask(BOARD, `query ($id: ID!) { node(id: $id) { ... on AnnotationThread { status anchorState confidence quote resolvedBy { __typename } resolvedAt currentRevision { number } place { text markdownStart }
    comments { nodes { body } } snapshots { nodes { fromNumber toNumber state confidence failureReason previous { text } next { text markdownStart } } } } } }`, { id }))['node'];

test('a thread is started by words and place; what is kept is computed from the text', async () => {
  const document = await written();
  const selector = selectorNear(project(TEXT), 'launch in spring', 0) as Selector;
  const made = await annotate(document, ' launch\nin spring ', { position: selector.anchor, quote: { exact: ' launch\nin spring ', prefix: 'made up', suffix: 'too' } }, keyOf(acme.engineer));
  expect(made).toMatchObject({
    __typename: 'AnnotationThread', status: 'OPEN', anchorState: 'ACTIVE', confidence: 'EXACT', projectionVersion: 2, originalRevision: { number: 1 },
    quote: 'launch in spring', prefix: 'The plan We ', suffix: selector.suffix, place: { ...selector.anchor, text: 'launch in spring' }, comments: { nodes: [{ body: 'Why?', author: { __typename: 'Agent' } }] },
  });
});

test('words alone are enough where they stand once, or with what is around them', async () => {
  const document = await written();
  expect(await annotate(document, 'The rocket \u{1f680} is red')).toMatchObject({ confidence: 'EXACT' });
  expect(await annotate(document, 'We', { quote: { exact: 'We', suffix: 'land in' } })).toMatchObject({ place: { markdownStart: TEXT.indexOf('We land') } });
});

test('a passage that does not stand there is refused, with the reason', async () => {
  const document = await written();
  const { anchor } = selectorNear(project(TEXT), 'launch', 0) as Selector;
  const reason = async (words: string, position?: Record<string, number>) => {
    const refusal = await boardroom.refusal(BOARD, CREATE, { input: inputFor(document, words, { position }) });
    return `${refusal.code} ${String(refusal.details?.['reason'])}`;
  };
  expect(await reason('launch', { ...anchor, normalizedEnd: 5_000 })).toBe('RULE_VIOLATION invalid_range');
  expect(await reason('landing', { ...anchor })).toBe('RULE_VIOLATION quote_mismatch');
  expect(await reason('launch', { ...anchor, markdownEnd: anchor.markdownEnd + 1 })).toBe('RULE_VIOLATION position_mismatch');
  expect(await reason('landing')).toBe('RULE_VIOLATION quote_mismatch');
  expect(await reason('We')).toBe('RULE_VIOLATION ambiguous_quote');
  expect(await boardroom.refusal(BOARD, CREATE, { input: inputFor(document, 'launch', { body: 'x'.repeat(20_001) }) })).toMatchObject({ code: 'BAD_USER_INPUT' });
  const newer = await revised(document, 'New', document.revisionId);
  expect(await annotate(document, 'launch')).toEqual({ __typename: 'DocumentOutdated', newer: { number: 2 } });
  expect(await annotate(newer, 'New')).toMatchObject({ confidence: 'EXACT' });
  const system = await boardroom.db.prisma.document.update({ where: { id: document.id }, data: { isSystem: true } });
  expect(await boardroom.refusal(BOARD, CREATE, { input: inputFor({ ...newer, revisionId: system.latestRevisionId }, 'New') })).toMatchObject({ code: 'RULE_VIOLATION' });
});

test('asked again with its key, nothing is added, also when there is a newer revision by then', async () => {
  const document = await written();
  const again = { idempotencyKey: newId() };
  const first = await annotate(document, 'launch', again);
  await revised(document, 'Other', document.revisionId);
  expect(await annotate(document, 'launch', again)).toMatchObject({ id: first['id'] });
  const reply = (body: string) => boardroom.ask(BOARD, 'mutation ($input: ReplyToAnnotationInput!) { result: replyToAnnotation(input: $input) { id body thread { id } run { id } } }', { input: { threadId: first['id'], body, idempotencyKey: 'k' } });
  expect(await reply('Because.')).toEqual(await reply('Because.'));
  expect((await thread(first['id']))['comments'].nodes).toEqual([{ body: 'Why?' }, { body: 'Because.' }]);
});

test('each revision finds every thread again, resolved ones too, and tells how it moved', async () => {
  let document = await written();
  const [launch, rocket, land] = [await annotate(document, 'launch in spring'), await annotate(document, 'The rocket \u{1f680} is red'), await annotate(document, 'We land in autumn')];
  const resolve = (name: string) => boardroom.ask(BOARD, `mutation ($id: ID!) { result: ${name}Annotation(input: { threadId: $id }) { status resolvedBy { __typename } } }`, { id: rocket['id'] });
  expect((await resolve('resolve'))['result']).toEqual({ status: 'RESOLVED', resolvedBy: { __typename: 'User' } });
  const summary = () => boardroom.ask(BOARD, 'query ($id: ID!) { node(id: $id) { ... on Document { annotations { open resolved stale orphaned } threads(status: OPEN) { nodes { quote } } } } }', { id: document.id });
  expect((await summary())['node']).toEqual({ annotations: { open: 2, resolved: 1, stale: 0, orphaned: 0 }, threads: { nodes: [{ quote: 'launch in spring' }, { quote: 'We land in autumn' }] } });

  const second = `Intro.\n\n${TEXT.replace('We land in autumn.', '').replace('is red', 'is deep red')}`;
  document = await revised(document, second, document.revisionId);
  expect(await thread(launch['id'])).toMatchObject({
    anchorState: 'ACTIVE', confidence: 'EXACT', currentRevision: { number: 2 }, place: { text: 'launch in spring', markdownStart: second.indexOf('launch') },
    snapshots: { nodes: [{ fromNumber: 1, toNumber: 2, state: 'ACTIVE', failureReason: null, previous: { text: 'launch in spring' }, next: { text: 'launch in spring', markdownStart: second.indexOf('launch') } }] },
  });
  expect(await thread(rocket['id'])).toMatchObject({ status: 'RESOLVED', anchorState: 'STALE', confidence: 'FUZZY', quote: 'The rocket \u{1f680} is red', place: { text: 'The rocket \u{1f680} is deep red' } });
  expect(await thread(land['id'])).toMatchObject({ anchorState: 'ORPHANED', confidence: 'MISSING', place: null, snapshots: { nodes: [{ failureReason: 'not_found', next: null }] } });
  expect((await summary())['node'].annotations).toEqual({ open: 2, resolved: 1, stale: 0, orphaned: 1 });
  expect((await resolve('reopen'))['result']).toEqual({ status: 'OPEN', resolvedBy: null });

  document = await revised(document, TEXT, document.revisionId);
  for (const each of [launch, rocket, land]) {
    expect(await thread(each['id'])).toMatchObject({ anchorState: 'ACTIVE', confidence: 'EXACT', currentRevision: { number: 3 }, place: { text: each['quote'], markdownStart: each['place'].markdownStart } });
  }
});

test('many threads cost the statements of one', async () => {
  const sentences = Array.from({ length: 60 }, (_, i) => `Sentence number ${i} is about matter ${i}.`);
  const document = await written(sentences.join(' '));
  const count = async (base: string, body: string) => {
    let next = document;
    const sent = await boardroom.statements(async () => { next = await revised(document, body, base); });
    return { sent: sent.length, next };
  };
  await annotate(document, sentences[0] as string);
  const few = await count(document.revisionId, `New. ${sentences.join(' ')}`);
  for (const sentence of sentences.slice(1)) await annotate({ ...document, revisionId: few.next.revisionId }, sentence);
  const many = await count(few.next.revisionId, `Newer. ${sentences.join(' ')}`);
  expect(many.sent).toBe(few.sent);
  expect(await boardroom.db.prisma.annotationThread.count({ where: { documentId: document.id, currentNumber: 3, anchorState: 'ACTIVE' } })).toBe(60);
});

test('a remark wakes nobody but the agent that it names', async () => {
  const issue = await acme.issue({ assigneeId: acme.writer.id });
  const document = await revised({ issueId: issue.id, key: 'plan', id: '', revisionId: '' }, TEXT, null);
  const wakes = () => boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id, reason: { not: 'issue_assigned' } }, select: { agentId: true, reason: true, payload: true } });
  const made = await annotate(document, 'launch');
  expect(await wakes()).toEqual([]);
  const body = `[@Engineer](agent:${acme.engineer.id}) please look`;
  const { result } = await boardroom.ask(BOARD, 'mutation ($input: ReplyToAnnotationInput!) { result: replyToAnnotation(input: $input) { id } }', { input: { threadId: made['id'], body } });
  expect(await wakes()).toEqual([{ agentId: acme.engineer.id, reason: 'issue_comment_mentioned', payload: expect.objectContaining({ commentId: result.id, body }) }]);
});

test('threads that are started while others write stand in the latest revision, or are not started', async () => {
  let document = await written();
  for (let round = 0; round < 3; round += 1) {
    const base = document;
    const outcomes = await Promise.all(Array.from({ length: 12 }, async (_, i) => {
      if (i % 3 > 0) return (await annotate(base, 'launch in spring'))['__typename'] as string;
      const { result } = await boardroom.ask(BOARD, 'mutation ($input: PutDocumentInput!) { result: putDocument(input: $input) { __typename ... on Document { latestRevision { id } } } }', {
        input: { issueId: base.issueId, key: base.key, body: `${'Pushed. '.repeat(round * 10 + i + 1)}${TEXT}`, baseRevisionId: base.revisionId },
      });
      if (result.__typename === 'Document') document = { ...base, revisionId: result.latestRevision.id };
      return result.__typename as string;
    }));
    expect(outcomes.filter((each) => each === 'Document')).toHaveLength(1);
    expect(outcomes.filter((each) => !['Document', 'AnnotationThread', 'DocumentOutdated'].includes(each))).toEqual([]);
  }
  const { body, latestNumber, latestRevisionId } = await boardroom.db.prisma.document.findUniqueOrThrow({ where: { id: document.id } });
  for (const each of await boardroom.db.prisma.annotationThread.findMany({ where: { documentId: document.id } })) {
    expect(each).toMatchObject({ currentNumber: latestNumber, currentRevisionId: latestRevisionId, anchorState: 'ACTIVE' });
    expect(body.slice(each.markdownStart, each.markdownEnd)).toBe('launch** in spring');
  }
});
