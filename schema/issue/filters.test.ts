import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Issue } from '../../prisma/generated/client.ts';
import { LOCAL_BOARD_USER } from '../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { furnish, type Furnished, smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let rows: Furnished;
/** Issues by the word that their titles hold. */
const made: Record<string, Issue> = {};
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  rows = await furnish(boardroom, acme);
  await boardroom.db.prisma.run.updateMany({ data: { status: 'SUCCEEDED' }, where: { status: 'RUNNING' } });
  const file = async (word: string, fields: Parameters<SmallCompany['issue']>[0] = {}) => { made[word] = await acme.issue({ title: `The ${word} one`, ...fields }); };
  await file('writer’s', { assigneeId: acme.writer.id, status: 'BACKLOG', priority: 'HIGH' });
  await file('person’s', { assigneeUserId: LOCAL_BOARD_USER, priority: 'CRITICAL' });
  await file('labelled', { labelIds: [rows.label.id], priority: 'LOW' });
  await file('planned', { projectId: rows.project.id, goalId: rows.goal.id });
  await file('lower', { parentId: made['planned']?.id as string });
  await file('busy', { assigneeId: acme.engineer.id, status: 'BACKLOG' });
  await insertRun(boardroom.db, acme.engineer, { issueId: made['busy']?.id as string });
  await file('100%_done\\', { description: 'Speaks of Ünïcode' });
});
afterAll(() => boardroom.close());

const LIST = 'query ($ref: String!, $filter: IssueFilter, $order: IssueOrder) { company(ref: $ref) { issueCounts(filter: $filter) { total } issues(first: 100, filter: $filter, orderBy: $order) { totalCount nodes { title number priority createdAt updatedAt } } } }';
const find = async (filter: object | null, order?: object) => (await boardroom.ask(BOARD, LIST, { ref: acme.id, filter, order })).company;
/** Titles of what is found, of those made here; the page, its total and the counts must agree. */
async function words(filter: object): Promise<string[]> {
  const { issues, issueCounts } = await find(filter);
  expect(issues.totalCount).toBe(issues.nodes.length);
  expect(issueCounts.total).toBe(issues.nodes.length);
  return issues.nodes.flatMap(({ title }: { title: string }) => /^The (.+) one$/.exec(title)?.[1] ?? []).sort();
}

test.each<[string, () => object, string[]]>([
  ['status', () => ({ statuses: ['BACKLOG', 'TODO'], assigneeId: acme.writer.id }), ['writer’s']],
  ['no status at all', () => ({ statuses: [] }), []],
  ['priority', () => ({ priorities: ['CRITICAL', 'LOW'] }), ['labelled', 'person’s']],
  ['agent', () => ({ assigneeId: acme.engineer.id }), ['busy']],
  ['person', () => ({ assigneeUserId: LOCAL_BOARD_USER }), ['person’s']],
  ['nobody', () => ({ unassigned: true, labelId: rows.label.id }), ['labelled']],
  ['project', () => ({ projectId: rows.project.id }), ['lower', 'planned']],
  ['goal', () => ({ goalId: rows.goal.id, rootsOnly: true }), ['planned']],
  ['parent', () => ({ parentId: made['planned']?.id }), ['lower']],
  ['a live run', () => ({ live: true }), ['busy']],
  ['text, whatever the case', () => ({ text: 'LABELLED' }), ['labelled']],
  ['text in the description', () => ({ text: 'ünïcode' }), ['100%_done\\']],
  ['text with signs of patterns', () => ({ text: '%_' }), ['100%_done\\']],
  ['text with a backslash', () => ({ text: '\\' }), ['100%_done\\']],
  ['its identifier', () => ({ text: ` ${acme.company.prefix}-${made['lower']?.number} ` }), ['lower']],
  ['its number', () => ({ text: String(made['lower']?.number) }), ['lower']],
  ['another company’s identifier', () => ({ text: `XY-${made['lower']?.number}` }), []],
  ['several at once', () => ({ projectId: rows.project.id, text: 'low', statuses: ['BACKLOG'] }), ['lower']],
])('by %s', async (_by, filter, expected) => expect(await words(filter())).toEqual(expected));

test('a blank text and absent parts filter nothing', async () => {
  const all = (await find(null)).issues.totalCount;
  for (const filter of [{}, { text: ' ' }, { statuses: null, assigneeId: null, unassigned: false, rootsOnly: false, live: false }]) expect((await find(filter)).issues.totalCount).toBe(all);
});

test.each([
  ['CREATED_AT', 'createdAt'], ['UPDATED_AT', 'updatedAt'], ['NUMBER', 'number'], ['PRIORITY', 'priority'],
])('in the order of %s, both ways', async (field, key) => {
  const rank = (value: unknown) => (key === 'priority' ? ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'].indexOf(value as string) : value);
  const values = async (direction: string) => (await find(null, { field, direction })).issues.nodes.map((node: Record<string, unknown>) => rank(node[key]));
  const up = await values('ASC');
  expect(up).toEqual([...up].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  expect(await values('DESC')).toEqual([...up].reverse());
});

test('newest first unless asked otherwise', async () => {
  const times = (await find(null)).issues.nodes.map((node: { createdAt: string }) => node.createdAt);
  expect(times).toEqual([...times].sort().reverse());
});

test('what moves each next is told for all in one list', async () => {
  const { company } = await boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { issues(first: 100) { nodes { title nextStep { text stalled run { id } } } } } }`);
  const steps = Object.fromEntries(company.issues.nodes.map((node: { title: string; nextStep: { text: string } }) => [/^The (.+) one$/.exec(node.title)?.[1], node.nextStep.text]));
  expect(steps).toMatchObject({
    'writer’s': 'Parked. Move it to todo to start it.', 'person’s': 'Board has it.', labelled: 'Nobody is assigned.', busy: 'Acme engineer is working on it.',
  });
});
