import { Client, fetchExchange, type TypedDocumentNode } from '@urql/core';
import { createRoot, createSignal } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { announce } from './live.ts';
import { createPages, type Pages } from './pages.ts';

interface Node {
  id: string;
  title: string;
}
interface Answer {
  issues: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}
type Variables = { first: number; text: string; after?: string | null };

/** A list as a server keeps it: newest first, read by the cursor of the last one seen. */
const server = { rows: [] as Node[], asked: [] as (string | null)[], fail: false };

function answer({ first, text, after }: Variables): Answer {
  const rows = server.rows.filter((row) => row.title.includes(text));
  const start = after ? rows.findIndex((row) => row.id === after) + 1 : 0;
  const nodes = rows.slice(start, start + first).map((row) => ({ ...row }));
  return { issues: { nodes, pageInfo: { hasNextPage: start + first < rows.length, endCursor: nodes.at(-1)?.id ?? null } } };
}

vi.mock('./client.ts', () => ({
  client: new Client({
    url: 'http://localhost/graphql',
    preferGetMethod: false,
    exchanges: [fetchExchange],
    fetch: async (_url, init) => {
      const { variables } = JSON.parse(String(init?.body)) as { variables: Variables };
      server.asked.push(variables.after ?? null);
      if (server.fail) throw new TypeError('no answer');
      return new Response(JSON.stringify({ data: answer(variables) }), { headers: { 'content-type': 'application/json' } });
    },
  }),
}));

const query = 'query Issues { issues { nodes { id title } pageInfo { hasNextPage endCursor } } }' as unknown as TypedDocumentNode<Answer, Variables>;
let dispose: () => void = () => undefined;

function open(text: () => string = () => ''): Pages<Node> {
  return createRoot((end) => {
    dispose = end;
    return createPages({ query, variables: () => ({ first: 3, text: text() }), connection: (data) => data.issues, concerns: () => true });
  });
}

const rows = (from: number, to: number): Node[] => Array.from({ length: from - to + 1 }, (_, at) => ({ id: `${from - at}`, title: `issue ${from - at}` }));
const ids = (pages: Pages<Node>) => pages.nodes.map((node) => node.id);
const shows = (pages: Pages<Node>, wanted: string[]) => vi.waitFor(() => expect(ids(pages)).toEqual(wanted));

afterEach(() => {
  dispose();
  Object.assign(server, { rows: [], asked: [], fail: false });
});

test('reads one page, and the next when asked, until there is none', async () => {
  server.rows = rows(8, 1);
  const pages = open();
  expect(pages.loading).toBe(true);
  await shows(pages, ['8', '7', '6']);
  expect(pages.more).toBe(true);
  pages.loadMore();
  expect(pages.loadingMore).toBe(true);
  await shows(pages, ['8', '7', '6', '5', '4', '3']);
  pages.loadMore();
  await shows(pages, ['8', '7', '6', '5', '4', '3', '2', '1']);
  expect(pages.more).toBe(false);
  pages.loadMore();
  expect(server.asked).toEqual([null, '6', '3']);
});

test('a refresh after inserts loses nothing at the seams and shows nothing twice', async () => {
  server.rows = rows(8, 1);
  const pages = open();
  await shows(pages, ['8', '7', '6']);
  pages.loadMore();
  await shows(pages, ['8', '7', '6', '5', '4', '3']);
  server.rows = [...rows(10, 9), ...server.rows];
  pages.refetch();
  await shows(pages, ['10', '9', '8', '7', '6', '5']);
  pages.loadMore();
  await shows(pages, ['10', '9', '8', '7', '6', '5', '4', '3', '2']);
});

test('a refresh after the list became shorter drops what is gone', async () => {
  server.rows = rows(8, 1);
  const pages = open();
  await shows(pages, ['8', '7', '6']);
  pages.loadMore();
  await shows(pages, ['8', '7', '6', '5', '4', '3']);
  server.rows = rows(2, 1);
  pages.refetch();
  await shows(pages, ['2', '1']);
  expect(pages.more).toBe(false);
});

test('an event makes it read again', async () => {
  server.rows = rows(2, 1);
  const pages = open();
  await shows(pages, ['2', '1']);
  server.rows = rows(3, 1);
  announce({ cursor: '1', kind: 'issue.created', at: '', entityType: 'issue', entityId: '3', issueId: '3', runId: null, agentId: null });
  await shows(pages, ['3', '2', '1']);
});

test('other variables are another list', async () => {
  server.rows = [...rows(8, 1), { id: 'x', title: 'other' }];
  const [text, setText] = createSignal('issue');
  const pages = open(text);
  await shows(pages, ['8', '7', '6']);
  pages.loadMore();
  setText('other');
  await shows(pages, ['x']);
  expect(pages.more).toBe(false);
});

test('a failed first page is an error; a failed refresh keeps what was there', async () => {
  server.fail = true;
  const empty = open();
  await vi.waitFor(() => expect(empty.error).toBeDefined());
  expect(empty.loading).toBe(false);
  dispose();
  server.fail = false;
  server.rows = rows(2, 1);
  const pages = open();
  await shows(pages, ['2', '1']);
  server.fail = true;
  pages.refetch();
  await vi.waitFor(() => expect(pages.error).toBeDefined());
  expect(ids(pages)).toEqual(['2', '1']);
});

test('a further page that failed is asked for again, though not at once', async () => {
  server.rows = rows(5, 1);
  const pages = open();
  await shows(pages, ['5', '4', '3']);
  server.fail = true;
  pages.loadMore();
  await vi.waitFor(() => expect(pages.loadingMore).toBe(false));
  expect(pages.more).toBe(true);
  server.fail = false;
  pages.loadMore();
  expect(server.asked).toEqual([null, '3']);
  vi.setSystemTime(Date.now() + 5000);
  pages.loadMore();
  await shows(pages, ['5', '4', '3', '2', '1']);
  vi.useRealTimers();
});
