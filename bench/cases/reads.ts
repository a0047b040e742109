import { ask } from '../../e2e/support/boardroom.ts';
import { type Bench, compare } from '../compare.ts';
import { figure, round, type Figure } from '../figures.ts';
import { bodyOf, DASHBOARD, ISSUE, PAGE } from '../operations.ts';
import type { Stage } from '../stage/stage.ts';

/** Places in the list that pages begin at. */
const CURSORS = 900;
/** So many different requests that none is asked again while its answer could still be kept. */
const DIFFERENT = 5_000;

/** Everything that is only read, at each number of clients. */
export async function measureReads(bench: Bench, stage: Stage, wanted: (name: string) => boolean): Promise<void> {
  const company = stage.data.prefix;
  const pages = wanted('pages') ? await differentPages(stage) : [];
  const issues = different(stage.data.discussed, (ref, n) => bodyOf(ISSUE, { ref, n }));
  for (const clients of bench.options.clients) {
    if (wanted('page')) await compare(bench, stage, { case: 'page', work: 'page of 50 issues, the same again', clients, bodies: [bodyOf(PAGE, { company })], bare: 'company' });
    if (wanted('pages')) await compare(bench, stage, { case: 'pages', work: 'page of 50 issues, another each time', clients, bodies: pages, bare: 'company' });
    if (wanted('issue')) await compare(bench, stage, { case: 'issue', work: 'one issue with comments, none asked twice', clients, bodies: issues, bare: 'issue' });
    if (wanted('issue-again')) await compare(bench, stage, { case: 'issue-again', work: 'one issue with comments, the same again', clients, bodies: [bodyOf(ISSUE, { ref: stage.data.discussed[0] })], bare: 'issue' });
    if (wanted('dashboard')) await compare(bench, stage, { case: 'dashboard', work: 'dashboard', clients, bodies: [bodyOf(DASHBOARD, { company })], bare: 'dashboard' });
  }
}

/** What a page costs here, for comparison between sizes: one client, another page each time, nothing analysed or all. */
export async function measurePageCost(bench: Bench, stage: Stage, name: string): Promise<Figure> {
  const bodies = await differentPages(stage);
  return compare(bench, stage, { case: name, work: `page of 50 issues, another each time, ${name === 'pages-fresh' ? 'right after the import' : 'analysed'}`, clients: 1, bodies, bare: 'company' });
}

/** How much dearer a page is in a large company than in a small one. */
export function growth(name: string, small: Figure, large: Figure): Figure {
  return figure({
    case: name, work: `page of 50 at ${large.issues} issues over ${small.issues}, by its median time${name === 'growth-fresh' ? ', right after the import' : ''}`, issues: large.issues, clients: 1,
    boardroom: { timesTheCost: round((large.boardroom['p50Ms'] ?? NaN) / (small.boardroom['p50Ms'] ?? NaN)) },
    baselines: { yoga: { timesTheCost: round((large.baselines.yoga?.['p50Ms'] ?? NaN) / (small.baselines.yoga?.['p50Ms'] ?? NaN)) } },
  });
}

/** Bodies that differ at least in a variable that the query does not have: the api takes them for different questions. */
function different<Item>(items: Item[], body: (item: Item, n: number) => string): string[] {
  return Array.from({ length: DIFFERENT }, (_, n) => body(items[n % items.length] as Item, n));
}

export async function differentPages(stage: Stage, query = PAGE): Promise<string[]> {
  return different(await cursors(stage), (after, n) => bodyOf(query, { company: stage.data.prefix, after, n }));
}

/** Places all over the list. */
async function cursors({ data, servers }: Stage): Promise<string[]> {
  interface Answer { company: { issues: { edges: { cursor: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } }
  const query = 'query($company: String!, $after: Cursor) { company(ref: $company) { issues(first: 100, after: $after) { edges { cursor } pageInfo { hasNextPage endCursor } } } }';
  const found: string[] = [];
  for (let after: string | null = null; found.length < CURSORS; ) {
    const { company }: Answer = await ask<Answer>(`http://127.0.0.1:${servers.boardroom.port}`, query, { company: data.prefix, after });
    found.push(...company.issues.edges.map(({ cursor }) => cursor));
    if (!company.issues.pageInfo.hasNextPage) break;
    after = company.issues.pageInfo.endCursor;
  }
  // The last fifty have no full page after them.
  return found.slice(0, -50);
}
