import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { complexityFromQuery } from '@pothos/plugin-complexity';
import {
  concatAST, type DocumentNode, getIntrospectionQuery, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredInputField, Kind, type NamedTypeNode, parse, print,
  typeFromAST, validate, visit,
} from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Upload } from '../../schema/attachment/upload.ts';
import { LIMIT } from '../../schema/shared/limits.ts';
import { BOARD, type TestBoardroom, testBoardroom, testSchema } from '../../schema/testing/boardroom.ts';
import { testServer, type TestServer } from './testing.ts';

let boardroom: TestBoardroom;
let server: TestServer;
beforeAll(async () => {
  boardroom = await testBoardroom();
  server = await testServer(boardroom);
});
afterAll(async () => {
  await server.close();
  await boardroom.close();
});

const nested = (levels: number) => `{ companies { nodes { agents { nodes { ${'manager { '.repeat(levels)} name ${'} '.repeat(levels)} } } } } }`;
const tooMuch: [string, string, RegExp][] = [
  ['too deep', nested(LIMIT.depth), /depth/],
  ['too dear', '{ companies(first: 100) { nodes { agents(first: 100) { nodes { issues(first: 100) { nodes { id } } } } } } }', /complexity/],
  ['too many aliases', `{ ${Array.from({ length: LIMIT.aliases + 1 }, (_, i) => `a${i}: viewer { mode }`).join(' ')} }`, /at most 60 aliases/],
  ['aliases hidden in fragments', `{ ...f } fragment f on Query { ${Array.from({ length: LIMIT.aliases + 1 }, (_, i) => `a${i}: viewer { mode }`).join(' ')} }`, /at most 60 aliases/],
  ['too many tokens', `{ ${'viewer { mode } '.repeat(LIMIT.tokens / 4)} }`, /4000 tokens/],
  ['too many mutations at once', `mutation { ${Array.from({ length: LIMIT.aliases + 1 }, (_, i) => `a${i}: createCompany(input: { name: "Flood" }) { id }`).join(' ')} }`, /at most 60 aliases/],
];

describe('an operation that asks too much is refused before anything is read', () => {
  test.each(tooMuch)('%s', async (_what, query, message) => {
    const sent = await boardroom.statements(async () => {
      const { status, body } = await server.ask(query, {}, { accept: 'application/graphql-response+json' });
      expect(status).toBe(400);
      expect(body.errors?.[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } });
      expect(body.data ?? null).toBeNull();
    });
    expect(sent.filter((text) => !text.includes('pg_current_snapshot'))).toEqual([]);
  });

  test.each(tooMuch)('%s, by WebSocket', async (_what, query, message) => {
    const client = createClient({ url: `ws://${server.host}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
    const outcome = await new Promise<string>((resolve) => {
      client.subscribe({ query }, { next: ({ errors }) => resolve(JSON.stringify(errors)), error: (error) => resolve(JSON.stringify(error)), complete: () => resolve('complete') });
    });
    expect(outcome).toMatch(message);
    expect(outcome).toContain('BAD_USER_INPUT');
    await client.dispose();
    expect(await boardroom.db.prisma.company.count({ where: { name: 'Flood' } })).toBe(0);
  });

  test('a list is counted by what it asks for, however it is written', async () => {
    const lists = (first: string) => server.ask(`query ($n: Int = 100) { adapters @skip(if: true) { type } other: companies(first: $n) { nodes { id } } companies(first: ${first}) { nodes { agents(first: ${first}) { nodes { runs(first: ${first}) { nodes { id } } } } } } }`, {}, { accept: 'application/graphql-response+json' });
    for (const first of ['100', '2147483647', '$n']) expect((await lists(first)).status, first).toBe(400);
    expect((await lists('10')).status).toBe(200);
  });
});

/** Every document of a client, with the fragments that it names. */
function documentsOf(sources: string): [string, string][] {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const found = globSync(sources, { cwd: root }).filter((path) => !path.includes('/generated/')).flatMap((path) =>
    [...readFileSync(`${root}${path}`, 'utf8').matchAll(/\bgraphql\(\s*(?:\/\*.*?\*\/\s*)?`([^`]*)`/g)].map(([, text]) => parse(text ?? '')));
  const all = concatAST(found);
  const fragments = new Map(all.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])));
  return all.definitions.flatMap((operation) => {
    if (operation.kind !== Kind.OPERATION_DEFINITION) return [];
    const needed = new Set<string>();
    const collect = (node: Parameters<typeof visit>[0]): void => void visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || needed.has(name.value)) return;
        needed.add(name.value);
        collect(fragment);
      },
    });
    collect(operation);
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...[...needed].flatMap((name) => fragments.get(name) ?? [])] };
    return [[operation.name?.value ?? 'anonymous', print(document)]];
  });
}

/** A value that fits a type; numbers are as large as the longest list that is asked for. */
function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) return Object.fromEntries(Object.values(type.getFields()).filter(isRequiredInputField).map((field) => [field.name, sampleOf(field.type)]));
  const samples: Record<string, unknown> = { Int: 50, Boolean: true, DateTime: '2026-01-01T00:00:00Z', Date: '2026-01-01', BigInt: '1', Micros: '1', JSON: {}, File: new Upload('x', (async function* () {})()) };
  return samples[type.name] ?? 'x';
}

function largest(document: string): Record<string, unknown> {
  const [operation] = parse(document).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return {};
  return Object.fromEntries((operation.variableDefinitions ?? []).map(({ variable, type }) => [variable.name.value, sampleOf(typeFromAST(testSchema(), type as NamedTypeNode) as GraphQLInputType)]));
}

describe.each([['the board', 'web/src/**/*.{ts,tsx}', 20], ['the command', 'api/{cli,demo}/**/*.ts', 10]])('what %s asks', (_who, sources, least) => {
  const documents = documentsOf(sources);

  test('is found', () => expect(documents.length).toBeGreaterThan(least));

  test.each(documents)('%s passes every limit, with room', (_name, document) => {
    expect(validate(testSchema(), parse(document))).toEqual([]);
    const { complexity, depth, breadth } = complexityFromQuery(document, { schema: testSchema(), ctx: boardroom.contextFor(BOARD), variables: largest(document) });
    expect(complexity).toBeLessThan(LIMIT.complexity / 2);
    expect(depth).toBeLessThanOrEqual(LIMIT.depth);
    expect(breadth).toBeLessThan(LIMIT.breadth / 2);
  });
});

test('introspection passes', async () => {
  for (const query of [getIntrospectionQuery(), getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, oneOf: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true })]) {
    const { status, body } = await server.ask(query);
    expect([status, body.errors]).toEqual([200, undefined]);
  }
});

test('who asks is told what an operation costs', async () => {
  const { body } = await server.ask('{ companies(first: 10) { nodes { name } } }', {}, { 'x-boardroom-cost': '1' });
  expect(body.extensions).toEqual({ cost: { complexity: expect.any(Number), depth: expect.any(Number), breadth: expect.any(Number), limit: LIMIT.complexity } });
  expect((await server.ask('{ viewer { mode } }')).body.extensions).toBeUndefined();
});
