import { type ExecutionResult, getNamedType, isEnumType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type Furnished, furnish, smallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { codesOf } from '../testing/fault.ts';
import { whoMay } from '../testing/mutations.ts';
import { idPositions, type Position, positions } from '../testing/positions.ts';

/* Every place of the schema that takes a value is given values that cannot be right. None may end in a fault of ours. */
let boardroom: TestBoardroom;
let rows: Furnished;
let before: Record<string, string>;
beforeAll(async () => {
  boardroom = await testBoardroom();
  rows = await furnish(boardroom, await smallCompany(boardroom));
  before = await dump(boardroom.db);
});
afterAll(() => boardroom.close());

async function answer(position: Position, value: unknown): Promise<ExecutionResult> {
  const { source, variables } = position.ask(rows, value);
  if (position.operation === 'mutation') return boardroom.run(whoMay(position.field, rows), source, variables);
  if (position.operation === 'query') return boardroom.run(BOARD, source, variables);
  try {
    const stream = await boardroom.follow(BOARD, source, variables);
    await stream.return(undefined);
    return { data: { result: 'a stream' } };
  } catch (error) {
    return { errors: [{ message: (error as Error).message, originalError: error as Error }] as never };
  }
}

const named = (all: Position[]) => all.map((position) => [position.name, position] as const);
const typeOf = (position: Position) => getNamedType(position.argument.type).name;
/** Names by which a row is looked up: what is no name of one finds nothing. */
const findsNothing = ({ operation, isSubject }: Position) => operation === 'query' && isSubject;

describe('ids that are none', () => {
  test.each(named(idPositions()))('%s', async (_name, position) => {
    for (const value of ['', 'x', '1', '00000000-0000-0000-0000-00000000000g', `{${rows.issue.id}}`, rows.issue.id.replaceAll('-', ''), 'a\0b', '\ud800', 'x'.repeat(5_000), "' OR 1=1 --"]) {
      const result = await answer(position, value);
      if (findsNothing(position)) expect(result, value).toEqual({ data: { result: null } });
      else expect(['BAD_USER_INPUT', 'NOT_FOUND'], `${JSON.stringify(value)}: ${codesOf(result)[0]}`).toContain(codesOf(result)[0]);
    }
  });
});

describe('texts that cannot be stored', () => {
  const texts = positions(({ type, name }) => getNamedType(type).name === 'String' && !/Ids?$|^ref$/.test(name));
  test.each(named(texts))('%s', async (_name, position) => {
    for (const value of ['a\0b', 'a\ud800', 'x'.repeat(1_000_001)]) {
      const result = await answer(position, value);
      // Inside of a list of objects the others are missing too.
      expect(new Set(codesOf(result)), JSON.stringify(value.slice(0, 5))).toEqual(new Set(['BAD_USER_INPUT']));
    }
  });
});

describe('texts that must not be empty', () => {
  const mustBe = /^(name|title|body|comment|provider|model|adapterType|idempotencyKey)$/;
  const mayBe = ['completeRun input.provider', 'completeRun input.model', 'createAgent input.title', 'updateAgent input.title', 'putDocument input.title', 'requestApproval input.body', 'requestApproval input.hire.title', 'resubmitApproval input.body'];
  const texts = positions(({ type, name }) => getNamedType(type).name === 'String' && mustBe.test(name)).filter(
    (position) => position.operation === 'mutation' && !mayBe.some((name) => position.name.endsWith(name)),
  );
  test.each(named(texts))('%s', async (_name, position) => {
    for (const value of ['', ' \n ']) expect(codesOf(await answer(position, value)), JSON.stringify(value)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('values that no enum has', () => {
  test.each(named(positions(({ type }) => isEnumType(getNamedType(type)))))('%s', async (_name, position) => {
    for (const value of ['NONSENSE', 'todo', '', 1]) expect(new Set(codesOf(await answer(position, value)))).toEqual(new Set(['BAD_USER_INPUT']));
  });
});

describe('numbers out of range', () => {
  const ranged = positions(({ type }) => ['Int', 'BigInt', 'Micros'].includes(getNamedType(type).name));
  test.each(named(ranged))('%s', async (_name, position) => {
    const low = await answer(position, typeOf(position) === 'Int' ? -1 : '-1');
    // How many days or lines is bounded without a word.
    if (/ (days|lines)$/.test(position.name)) expect(codesOf(low)).toEqual([]);
    // Inside of an object the others are missing too.
    else expect(new Set(codesOf(low))).toEqual(new Set(['BAD_USER_INPUT']));
    if (position.operation === 'mutation') {
      // The board's own request has depth 0; a breaker is off by it.
      const zero = position.name.endsWith('requestDepth') || position.field === 'setBreakers' ? [] : [0];
      for (const value of typeOf(position) === 'Int' ? [...zero, 2_147_483_647] : ['9007199254740993', '9223372036854775807']) {
        // A passage may begin at 0: there it is another passage.
        const expected = value === 0 && position.name.endsWith('Start') ? 'RULE_VIOLATION' : 'BAD_USER_INPUT';
        expect(new Set(codesOf(await answer(position, value))), String(value)).toEqual(new Set([expected]));
      }
    }
    for (const value of [1.5, '9'.repeat(30), 'x', Number.MAX_VALUE]) expect(new Set(codesOf(await answer(position, value))), String(value)).toEqual(new Set(['BAD_USER_INPUT']));
  });
});

describe('cursors of nothing', () => {
  test.each(named(positions(({ type }) => getNamedType(type).name === 'Cursor')))('%s', async (_name, position) => {
    for (const value of ['', 'x', '-1', '9'.repeat(19), `${'9'.repeat(19)}.${'9'.repeat(19)}`, 'a\0b', Buffer.from('1|2|3').toString('base64url')]) {
      expect(codesOf(await answer(position, value)), JSON.stringify(value)).toEqual(['BAD_USER_INPUT']);
    }
  });
});

describe('times and days that are none', () => {
  test.each(named(positions(({ type }) => ['DateTime', 'Date'].includes(getNamedType(type).name))))('%s', async (_name, position) => {
    for (const value of ['', 'now', '2026-02-30', '2026-02-30T00:00:00Z', '0000-01-01', '0000-01-01T00:00:00Z', 0]) {
      expect(codesOf(await answer(position, value)), JSON.stringify(value)).toEqual(['BAD_USER_INPUT']);
    }
    const far = await answer(position, typeOf(position) === 'Date' ? '0001-01-01' : '0001-01-01T00:00:00Z');
    // What is to happen cannot be set for a time that is over.
    const isAhead = /\.(nextCheckAt|timeoutAt|until)$/.test(position.name);
    expect(codesOf(far).filter((code) => !(isAhead && (code === 'RULE_VIOLATION' || code === 'BAD_USER_INPUT')))).toEqual([]);
  });
});

test('and nothing was changed by any of them, but by the times that are merely long ago', async () => {
  expect(changes(before, await dump(boardroom.db)).filter((table) => !['activity', 'cost_event', 'cost_unfolded', 'inbox_state', 'model_price', 'project'].includes(table))).toEqual([]);
});
