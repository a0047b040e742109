import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Which folders the code of a folder may import, besides its own. Tests and what serves them may import anything. */
const allowed: Record<string, (to: string) => boolean> = {
  prisma: () => false,
  adapters: () => false,
  schema: (to) => to.startsWith('prisma/'),
  api: (to) => /^(schema|adapters|prisma|plugins-runtime)\//.test(to),
  'plugins-runtime': () => false,
  // Only what is pure: state machines, and how passages of documents are found again.
  web: (to) => /^schema\/(.*\/)?(rules(\/[^/]+)?|annotation\/anchor\/[^/]+)\.ts$/.test(to),
};

const folders = `{${Object.keys(allowed).join(',')}}`;
const sources = globSync(`${folders}/**/*.{ts,tsx}`, { cwd: root }).filter((path) => !path.includes('node_modules'));
const isForTests = (path: string) => /\.(test|spec)\.tsx?$|(^|\/)(testing|fixtures|throwaway)(\/|\.ts$)/.test(path);
const production = sources.filter((path) => !isForTests(path) && !path.startsWith('prisma/evolve/'));

interface Edge {
  from: string;
  to: string;
  /** Gone when the types are stripped, so it cannot make a cycle at run time. */
  isType: boolean;
}

/** The file that an import names: with its suffix on the server, without one in the web. */
function resolve(from: string, name: string): string {
  const path = normalize(join(dirname(from), name));
  const found = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}/index.tsx`];
  return found.find((each) => /\.\w+$/.test(each) && existsSync(join(root, each))) ?? path;
}

function importsOf(from: string): Edge[] {
  const text = readFileSync(join(root, from), 'utf8');
  const statement = /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'(\.[^']+)'|^import\s+'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm;
  return [...text.matchAll(statement)].map(([, type, named, bare, dynamic]) => ({
    from,
    to: resolve(from, named ?? bare ?? dynamic ?? ''),
    // What is loaded on demand is not there yet when the module runs.
    isType: type !== undefined || dynamic !== undefined,
  }));
}

const edges = production.flatMap(importsOf);

test('imports go one way between the folders', () => {
  const wrong = edges.filter(({ from, to }) => {
    const [home, target] = [from.split('/')[0] ?? '', to.split('/')[0] ?? ''];
    return home !== target && !allowed[home]?.(to);
  });
  expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('no code depends on what is there for tests', () => {
  const wrong = edges.filter(({ to }) => isForTests(to));
  expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const next = new Map<string, string[]>();
  for (const { from, to, isType } of edges) if (!isType && !from.includes('/generated/')) next.set(from, [...(next.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    if (state.get(path) === 'open') cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    if (state.has(path)) return;
    state.set(path, 'open');
    for (const to of next.get(path) ?? []) visit(to, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of next.keys()) visit(path, []);
  expect(cycles).toEqual([]);
});

test('only one file reads the environment for the processes', () => {
  const readers = production.filter(
    (path) => /^(api|schema|prisma|adapters)\//.test(path) && !path.includes('/generated/') && /\bprocess\.env\b/.test(readFileSync(join(root, path), 'utf8')),
  );
  // The command line is a program of its own, and the demo's scripts are agents.
  expect(readers.filter((path) => !/^api\/(cli|demo)\//.test(path))).toEqual(['api/config.ts']);
});

/** Imports of packages, and of Node itself. */
const packages = production.flatMap((from) =>
  [...readFileSync(join(root, from), 'utf8').matchAll(/^(?:import|export)\s[^'";]*?from\s+'([^.'][^']*)'|^import\s+'([^.'][^']*)'/gm)].map(([, named, bare]) => ({ from, name: named ?? bare ?? '' })));
const importing = (where: RegExp, what: RegExp) => packages.filter(({ from, name }) => where.test(from) && what.test(name) && !from.includes('/generated/')).map(({ from, name }) => `${from} -> ${name}`);

test('rules do nothing but think: they import rules and plain types', () => {
  const wrong = edges.filter(({ from, to }) => /(^|\/)rules\.ts$/.test(from) && from.startsWith('schema/') && !/(^|\/)(rules|shared\/values)\.ts$/.test(to) && !/^prisma\/generated\/enums\.ts$/.test(to));
  expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  expect(importing(/^schema\/.*\/rules\.ts$/, /./)).toEqual([]);
});

test('where a passage of a document stands is told by the same code in the browser: it imports its own kind and a parser', () => {
  const wrong = edges.filter(({ from, to }) => from.startsWith('schema/annotation/anchor/') && !to.startsWith('schema/annotation/anchor/'));
  expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  expect(importing(/^schema\/annotation\/anchor\//, /^(?!@lezer\/)/)).toEqual([]);
});

test('commands and reads know nothing of GraphQL: the run engine uses them too', () => {
  const isCommandOrRead = (path: string) => /^schema\/.*(\/commands\/[^/]+|\/(commands|reads|record|enqueue-wake))\.ts$/.test(path);
  const wrong = edges.filter(({ from, to }) => isCommandOrRead(from) && /^schema\/(builder|index)\.ts$|^schema\/.*(\/graphql[-/.]|\/ref\.ts$)/.test(to));
  expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  expect(production.filter(isCommandOrRead).length).toBeGreaterThan(30);
});

test('each folder keeps to its own matter', () => {
  expect(importing(/^adapters\//, /^(graphql|@pothos|@prisma|pg$)/)).toEqual([]);
  expect(importing(/^prisma\//, /^(graphql|@pothos|ws$)/)).toEqual([]);
  // No HTTP below api, and no process is started there either.
  expect(importing(/^schema\//, /^(graphql-yoga|ws$|pino|node:(http|https|net|child_process|fs)$)/).filter((each) => !each.startsWith('schema/print.ts'))).toEqual([]);
  expect(importing(/^web\/src\//, /^(pg$|@prisma|@pothos|node:)/)).toEqual([]);
});

test('a file is imported where it is: none only passes on what others export', () => {
  const barrels = production.filter((path) => {
    const code = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').trim();
    const statements = code.split(/;\s*\n/).map((each) => each.trim()).filter(Boolean);
    return statements.length > 0 && statements.every((each) => /^export\s+(type\s+)?(\*|\{[^}]*\})\s+from\s/.test(each));
  });
  // Plain types for the browser, which must not load Prisma.
  expect(barrels.filter((path) => !path.includes('/generated/') && path !== 'schema/shared/values.ts')).toEqual([]);
});
