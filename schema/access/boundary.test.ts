import { type ExecutionResult, getNamedType, type GraphQLError, type GraphQLField, type GraphQLObjectType, isAbstractType, isRequiredArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { BOARD, type TestBoardroom, testBoardroom, testSchema } from '../testing/boardroom.ts';
import { type Furnished, furnish, smallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { codesOf } from '../testing/fault.ts';
import { selectionOf } from '../testing/documents.ts';
import { type Position, idPositions, nodeTypes, ownRow } from '../testing/positions.ts';
import { keyOf, tokenOf } from '../testing/runs.ts';
import { permissions } from './permission-table.ts';
import type { Principal } from './principal.ts';

/*
 * Two companies on one Boardroom. Every place of the schema that takes an id is tried with every id of the other company:
 * the answer must be the one to an id that does not exist. New fields are found by themselves.
 */
let boardroom: TestBoardroom;
let own: Furnished;
let other: Furnished;
beforeAll(async () => {
  boardroom = await testBoardroom();
  own = await furnish(boardroom, await smallCompany(boardroom, 'Acme'));
  other = await furnish(boardroom, await smallCompany(boardroom, 'Zebra'));
});
afterAll(() => boardroom.close());

/** Ids of the other company, of every kind, and the names under which it goes. */
function foreignIds(): Record<string, string> {
  const { queued, secret: _secret, ...rows } = other;
  const ids = Object.fromEntries(Object.entries(rows).map(([kind, row]) => [kind, row.id]));
  return { ...ids, queued, identifier: `${other.company.prefix}-${other.issue.number}`, prefix: other.company.prefix };
}

async function answer(by: Principal, position: Position, value: string): Promise<ExecutionResult> {
  const { source, variables } = position.ask(own, value);
  if (position.operation !== 'subscription') return boardroom.run(by, source, variables);
  try {
    await (await boardroom.follow(by, source, variables)).return(undefined);
    return { data: { result: 'a stream' } };
  } catch (error) {
    return { errors: [{ message: (error as Error).message, originalError: error } as GraphQLError] };
  }
}

type Field = GraphQLField<unknown, unknown>;
const isBoardOnly = (field: Field) => (field.extensions as { pothosOptions?: { authScopes?: unknown } }).pothosOptions?.authScopes !== undefined;

/** Each field of each type that has an id, one at a time: all at once are more than one question may ask. People belong to no company. */
function fieldsToAsk(): [string, string, Field][] {
  return nodeTypes().filter((typename) => typename !== 'User').flatMap((typename) => {
    const fields = Object.values((testSchema().getType(typename) as GraphQLObjectType).getFields());
    return fields.filter((field) => !field.args.some(isRequiredArgument) && !isBoardOnly(field)).map((field): [string, string, Field] => [`${typename}.${field.name}`, typename, field]);
  });
}

/** Keys, and who is notified of what. */
const forTheBoard = new Set(['AgentKey', 'NotificationTarget', 'NotificationDelivery']);

const isUuid = (value: string) => /^[0-9a-f-]{36}$/.test(value);

const all = idPositions();
/** What was read before writing refers to nothing: it is compared with what is there, and any other id is merely outdated. */
const isClaim = ({ name }: Position) => name.endsWith('.baseRevisionId');
/** Lists within a company know nothing of the kind of credential: once is enough for them. */
/** What agents may not do at all, or not without a run, is refused before anything is looked up. */
function isClosed({ operation, field }: Position, by: Principal): boolean {
  const agents = operation === 'mutation' ? permissions[field]?.agent : 'yes';
  return agents === 'no' || (agents === 'run' && by.kind !== 'run');
}
const agents: [string, () => Principal, Position[]][] = [
  ['a key', () => keyOf(own.ceo), all], ['a run token', () => tokenOf(own.running), all.filter((position) => !position.name.includes('filter.'))],
];

describe.each(agents)('an agent with %s', (_name, principal, positions) => {
  let before: Record<string, string>;
  beforeAll(async () => { before = await dump(boardroom.db); });
  afterAll(async () => { expect(changes(before, await dump(boardroom.db))).toEqual([]); });

  test.each(positions.map((position) => [position.name, position] as const))('%s', async (_name, position) => {
    const unknown = await answer(principal(), position, newId());
    if (position.operation === 'query') expect(codesOf(unknown)).toEqual([]);
    else if (isClaim(position)) expect(unknown.data).toMatchObject({ result: { __typename: 'DocumentOutdated' } });
    else if (isClosed(position, principal())) expect(codesOf(unknown)).toEqual(['FORBIDDEN']);
    else if (position.isSubject) expect(codesOf(unknown)).toEqual(['NOT_FOUND']);
    else expect(['NOT_FOUND', 'FORBIDDEN']).toContain(codesOf(unknown)[0]);
    if (position.operation === 'query' && position.isSubject) expect(unknown.data).toEqual({ result: null });

    // Where an id must be one, a name is a mistake and not a row that is not found.
    const values = Object.entries(foreignIds()).filter(([, value]) => isUuid(value) || position.name.endsWith('ref'));
    const answers = await Promise.all(values.map(([, value]) => answer(principal(), position, value)));
    for (const [i, found] of answers.entries()) {
      const kind = values[i]?.[0];
      expect({ kind, data: found.data, codes: codesOf(found) }).toEqual({ kind, data: unknown.data, codes: codesOf(unknown) });
      expect(found.errors?.map((error) => error.message)).toEqual(unknown.errors?.map((error) => error.message));
      expect(JSON.stringify(found)).not.toMatch(/zebr/i);
    }
  });

  test.each(fieldsToAsk())('%s of a row of its own company', async (_name, typename, field) => {
    const id = ownRow(typename, own);
    const type = getNamedType(field.type);
    expect(id, `no row of ${typename} to look at`).toBeDefined();
    const asked = `${field.name} ${selectionOf(type, isAbstractType(type) ? 0 : 1, isBoardOnly)}`;
    const result = await boardroom.run(principal(), `query ($id: ID!) { node(id: $id) { ... on ${typename} { asked: ${asked} } } }`, { id });
    expect(codesOf(result)).toEqual([]);
    if (forTheBoard.has(typename)) expect(result.data).toEqual({ node: null });
    else expect(result.data).toMatchObject({ node: { asked: expect.toSatisfy((value) => value !== undefined) } });
    expect(JSON.stringify(result.data)).not.toMatch(/zebr/i);
  });
});

/** The board sees both companies; but a row of one may not refer to a row of the other. */
describe('the board', () => {
  const references = all.filter((position) => position.operation === 'mutation' && !position.isSubject && !isClaim(position));

  test.each(references.map((position) => [position.name, position] as const))('%s', async (_name, position) => {
    const before = await dump(boardroom.db);
    for (const [kind, value] of Object.entries(foreignIds())) {
      if (!isUuid(value)) continue;
      expect({ kind, codes: codesOf(await answer(BOARD, position, value)) }).toEqual({ kind, codes: ['NOT_FOUND'] });
    }
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });
});

test('an agent sees one company', async () => {
  const { companies, viewer } = await boardroom.ask(keyOf(own.ceo), '{ companies(first: 100) { nodes { name } } viewer { company { name } } }');
  expect([companies.nodes, viewer.company]).toEqual([[{ name: 'Acme' }], { name: 'Acme' }]);
});
