import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OutputReader } from '../../../adapters/contract.ts';
import { LineSplitter } from '../../../adapters/lines.ts';
import { LocalTail } from '../../../adapters/targets/local/tail.ts';
import type { Database } from '../../../prisma/client.ts';
import { adoptRun } from '../../../schema/run/commands/adopt-run.ts';
import { testCompany, type TestCompany, testWorker } from '../../../schema/run/testing.ts';
import { LogMoved, LogWriter } from './log-writer.ts';

let acme: TestCompany;
let home = '';
beforeAll(async () => {
  acme = await testCompany();
  home = await mkdtemp(join(tmpdir(), 'log-writer-'));
});
afterAll(async () => {
  await acme.close();
  await rm(home, { recursive: true, force: true });
});

/** Says each whole line of stdout, as an adapter of a program that prints JSON lines would. */
function lineReader(): OutputReader {
  let told: { kind: 'ASSISTANT'; text: string }[] = [];
  const take = () => { const now = told; told = []; return now; };
  const lines = new LineSplitter(10_000, (text) => told.push({ kind: 'ASSISTANT', text }));
  return {
    feed(stream, text) { if (stream === 'stdout') lines.feed(text); return take(); },
    end() { lines.end(); return take(); },
    report: () => ({}), outcome: () => ({ kind: 'succeeded' }),
  };
}

async function runningRun() {
  const agent = await acme.agent();
  await acme.wake(agent.id);
  const id = await acme.queuedRun(agent.id);
  await acme.claim(id);
  const dir = join(home, id);
  await mkdir(dir);
  const print = (text: string | Buffer, stream = 'stdout') => appendFileSync(join(dir, stream), text);
  const open = (leaseToken = 1, db: Database = acme.db) => LogWriter.resume(db, { id, leaseToken }, new LocalTail(dir), lineReader());
  const stored = async () => (await acme.db.prisma.runLog.findMany({ where: { runId: id, stream: 'STDOUT' }, orderBy: { seq: 'asc' } })).map((row) => row.text).join('');
  const told = async () => (await acme.db.prisma.runTranscript.findMany({ where: { runId: id }, orderBy: { seq: 'asc' } })).map((row) => row.text);
  return { id, print, open, stored, told };
}

/** A database whose statements fail: before they are carried out, or after, when only the answer is lost. */
function faulty(db: Database, faults: ('before' | 'after')[]): Database {
  return new Proxy(db, {
    get(target, key, receiver) {
      if (key !== 'query') return Reflect.get(target, key, receiver) as unknown;
      return async (statement: Parameters<Database['query']>[0]) => {
        const fault = statement.text.includes('INSERT INTO run_log') ? faults.shift() : undefined;
        if (fault === 'before') throw new Error('connection refused');
        const rows = await target.query(statement);
        if (fault === 'after') throw new Error('connection lost');
        return rows;
      };
    },
  });
}

test('a writer that is replaced at any point leaves nothing out and nothing twice, also in the transcript', async () => {
  const { print, open, stored, told } = await runningRun();
  const text = Array.from({ length: 40 }, (_, i) => `line ${i} \u00e9\u20ac\u{1f600}\n`).join('');
  const bytes = Buffer.from(text + 'unfinished');
  for (let from = 0; from < bytes.length; from += 37) {
    print(bytes.subarray(from, from + 37));
    await (await open()).pump();
  }
  await (await open()).drain();
  await (await open()).drain(); // its worker died before the run was ended
  expect(await stored()).toBe(bytes.toString());
  expect(await told()).toEqual([...text.trim().split('\n'), 'unfinished']);
});

test('a statement that failed, or whose answer was lost, is stored exactly once', async () => {
  const { print, open, stored, told } = await runningRun();
  const writer = await open(1, faulty(acme.db, ['before', 'after', 'before', 'before', 'after']));
  const lines: string[] = [];
  for (let i = 0; i < 6; i += 1) {
    lines.push(`line ${i}`);
    print(`line ${i}\n`);
    await expect.poll(() => writer.pump().catch((error: Error) => error.message), { interval: 1 }).toMatch(/stored|idle/);
  }
  await writer.drain();
  expect(await stored()).toBe(`${lines.join('\n')}\n`);
  expect(await told()).toEqual(lines);
});

test('two writers of one run: the one without the lease stores nothing', async () => {
  const { id, print, open, stored } = await runningRun();
  const old = await open(1);
  print('one\n');
  expect(await old.pump()).toBe('stored');
  expect(await adoptRun(acme.db, testWorker(), { id, leaseToken: 1 })).toBe(2);
  const current = await open(2);
  print('two\n');
  expect(await old.pump()).toBe('fenced');
  expect(await current.pump()).toBe('stored');
  expect(await stored()).toBe('one\ntwo\n');
});

test('a number that was taken meanwhile is noticed; the log is then read again', async () => {
  const { id, print, open, stored } = await runningRun();
  const writer = await open();
  print('one\n');
  await acme.db.prisma.runLog.create({ data: { runId: id, seq: 1, stream: 'STDOUT', offset: 0n, byteSize: 3, text: 'one' } });
  await expect(writer.pump()).rejects.toThrow(LogMoved);
  await (await open()).drain();
  expect(await stored()).toBe('one\n');
});

test('a flood in one stream does not keep the other waiting', async () => {
  const { id, print, open } = await runningRun();
  const writer = await open();
  print('x'.repeat(4_000_000));
  print('help\n', 'stderr');
  await writer.pump();
  await writer.pump();
  expect(await acme.db.prisma.runLog.count({ where: { runId: id, stream: 'STDERR' } })).toBe(1);
});
