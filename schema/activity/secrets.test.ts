import { getNamedType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testServer } from '../../api/server/testing.ts';
import { rawSql, sql } from '../../prisma/sql.ts';
import { Upload } from '../attachment/upload.ts';
import { Refusal } from '../shared/refusal.ts';
import { type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { bytesOf } from '../testing/bytes.ts';
import { furnish, smallCompany } from '../testing/company.ts';
import { documentFor } from '../testing/documents.ts';
import { mutationCases, whoMay } from '../testing/mutations.ts';
import { positions } from '../testing/positions.ts';

/*
 * Every mutation is given secrets wherever it takes a text or a value of any shape. What it leaves in the log, in the export and in
 * the errors that it ends in must have none of them.
 */
let boardroom: TestBoardroom;
beforeAll(async () => { boardroom = await testBoardroom(); });
afterAll(() => boardroom.close());

/** Part of every secret here, and of nothing else. */
const MARK = 'Zq7Hunter2';
/** Nothing about it says what it is: it may stand only where secrets belong, and there in no copy. */
const PLAIN = `the-${MARK}plain-value`;
const TOKEN = `sk-ant-api03-${MARK}${MARK}${MARK}`;
const SHORT = `use ${TOKEN}`;
const LONG = [
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIi${MARK}.c2ln${MARK}`, `password=${MARK}`, `https://app:${MARK}@host/x`,
  // A preview ends in the middle of this one.
  `ghp_${MARK}${MARK}${MARK}${MARK}${MARK}`, `Bearer ${MARK}${MARK}`, `--api-key ${MARK}`, `-----BEGIN PRIVATE KEY-----\n${MARK}`,
].join(' ');

const CONFIG = { command: 'true', args: ['--token', `argument-${MARK}`], env: { TOKEN: PLAIN, PASSWORD: PLAIN } };

/** What is tried at a place, the most telling first: what is refused there is not tried again. */
function candidates(type: string, field: string): unknown[] {
  if (type === 'File') return [new Upload(`${TOKEN}.txt`, bytesOf('new'))];
  if (type === 'JSON') return /config/i.test(field) ? [CONFIG, { command: 5, env: { TOKEN: { deep: [PLAIN] } } }] : [{ note: SHORT, apiKey: PLAIN, env: { HOME: PLAIN } }];
  if (field === 'address') return [`https://hooks.test/${PLAIN}`, SHORT];
  return [LONG, SHORT, TOKEN];
}

/** Texts that may be any. */
const FREE = /^(title|name|body|comment|note|notes|reason|description|message|summary|changeSummary|text|capabilities)$/;

interface Place { path: string[]; choices: unknown[]; isTaken: boolean }

/** Places of a mutation whose parents its case gives: what is within something else needs that too. */
function placesOf(name: string, input: Record<string, unknown>): Place[] {
  return positions(({ type, name: field }) => ['String', 'JSON', 'File'].includes(getNamedType(type).name) && !/Ids?$|^ref$/.test(field))
    .filter((position) => position.operation === 'mutation' && position.field === name)
    .map(({ name: full, argument }) => ({ path: full.split(' ').at(-1)?.split('.').slice(1) ?? [], choices: candidates(getNamedType(argument.type).name, argument.name), isTaken: false }))
    .filter(({ path }) => path.slice(0, -1).every((_key, depth) => typeof valueAt(input, path.slice(0, depth + 1)) === 'object'));
}

const valueAt = (from: unknown, path: string[]) => path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);
function withValue(base: Record<string, unknown>, [head, ...rest]: string[], value: unknown): Record<string, unknown> {
  return { ...base, [head as string]: rest.length === 0 ? value : withValue((base[head as string] ?? {}) as Record<string, unknown>, rest, value) };
}

const told: string[] = [];

/** Everything that a caller sees of what went wrong. */
function errorsIn(errors: readonly { message: string; originalError?: Error | null | undefined; extensions?: unknown }[]): string {
  return errors.map(({ message, originalError, extensions }) => JSON.stringify([message, extensions, originalError instanceof Refusal ? [originalError.message, originalError.field, originalError.details] : null])).join('\n');
}

/** Rows of other tables that have what is secret without looking so, by table. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await boardroom.db.query<{ name: string }>(sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`);
  const rows = await boardroom.db.query<{ name: string }>(sql`${rawSql(tables.map(({ name }) => `SELECT '${name}' AS name WHERE EXISTS (SELECT 1 FROM "${name}" t WHERE t::text LIKE '%${text}%')`).join(' UNION ALL '))}`);
  return rows.map(({ name }) => name);
}

test.each(Object.keys(mutationCases))('%s', async (name) => {
  const mutation = mutationCases[name] as (typeof mutationCases)[string];
  const rows = await furnish(boardroom, await smallCompany(boardroom, `C${told.length}`));
  await mutation.prepare?.(boardroom, rows);
  const base = mutation.input(rows);
  const places = placesOf(name, base);
  for (let attempt = 0; ; attempt += 1) {
    const input = places.reduce((all, { path, choices }) => (choices.length > 0 ? withValue(all, path, choices[0]) : all), base);
    const { errors } = await boardroom.run(whoMay(name, rows), documentFor('mutation', name), { input });
    if (!errors) break;
    told.push(errorsIn(errors));
    expect(told.at(-1)).not.toContain(MARK);
    // The next less telling value at the place that was refused; where none is named, at the first that has another.
    const cause = errors[0]?.originalError;
    const field = cause instanceof Refusal ? cause.field : undefined;
    const at = places.find(({ path, choices }) => choices.length > 0 && field !== undefined && (path.join('.') === field || field.startsWith(`${path.join('.')}.`) || path.at(-1) === field)) ?? places.find(({ path, choices }) => choices.length > 0 && !FREE.test(path.at(-1) ?? '')) ?? places.find(({ choices }) => choices.length > 0);
    if (!at) throw new Error(`${name} is refused without anything that was added: ${told.at(-1)}`);
    at.choices.shift();
    expect(attempt).toBeLessThan(60);
  }
  for (const place of places) place.isTaken = place.choices.length > 0;
  // What a text may be is narrow in few places; where none takes a secret the test would say nothing.
  const free = places.filter(({ path }) => FREE.test(path.at(-1) ?? ''));
  expect(free.filter(({ isTaken }) => !isTaken).map(({ path }) => path.join('.'))).toEqual([]);
  if (mutation.records.length > 0) expect(await boardroom.db.prisma.activity.count({ where: { action: mutation.records[0] as string } })).toBeGreaterThan(0);
});

test('nothing of it is in the log, nor in its export', async () => {
  const log = await boardroom.db.query<{ text: string }>(sql`SELECT v::text AS text FROM activity v WHERE v::text LIKE ${`%${MARK.slice(0, 6)}%`}`);
  expect(log).toEqual([]);
  const server = await testServer(boardroom);
  try {
    const companies = await boardroom.db.prisma.company.findMany({ select: { id: true } });
    let rows = 0;
    for (const { id } of companies) {
      const text = await (await fetch(`${server.origin}/api/companies/${id}/activity.ndjson`)).text();
      expect(text).not.toContain(MARK.slice(0, 6));
      rows += text.split('\n').length - 1;
    }
    expect(rows).toBe(await boardroom.db.prisma.activity.count());
  } finally {
    await server.close();
  }
});

test('it was given: texts have it where they are kept, and what was redacted in the log says so', async () => {
  expect(await tablesWith(MARK)).toEqual(expect.arrayContaining(['issue', 'comment', 'label', 'goal', 'project', 'agent']));
  const redacted = await boardroom.db.query<{ action: string }>(sql`SELECT DISTINCT v.action FROM activity v WHERE v.details::text LIKE '%[redacted]%'`);
  expect(redacted.map(({ action }) => action)).toEqual(expect.arrayContaining(['issue.created', 'comment.added', 'label.created', 'goal.created', 'agentKey.created', 'document.created', 'interaction.created', 'run.cancelRequested', 'attachment.uploaded']));
});

test('what is secret without looking so is where it is needed, and nowhere else', async () => {
  expect((await tablesWith(PLAIN)).filter((table) => !['agent', 'notification_target', 'wakeup'].includes(table))).toEqual([]);
});

test('and errors were among what was looked at', () => expect(told.length).toBeGreaterThan(10));
