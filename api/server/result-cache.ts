import { type DocumentNode, type ExecutionResult, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Database } from '../../prisma/client.ts';
import { sql } from '../../prisma/sql.ts';
import type { Context } from '../../schema/context.ts';

/** What an answer owes to the clock or to programs on this machine, and not to the database, may be this old. */
const LIFE_MS = 1_000;
const ENTRIES_MAX = 200;
const CHARACTERS_MAX = 8_000_000;

type Answer = Promise<ExecutionResult>;

/**
 * Answers a query that many ask from what one of them was answered, as long as the database is the same to the last
 * transaction. Before each query it asks Postgres for its snapshot, which names what is committed and what is not: equal
 * snapshots see equal rows, whoever wrote them, and one that has changed never comes back. So nobody is told anything older
 * than their question, not even when other processes write. Two that ask the same at once are answered from one execution.
 */
export function resultCache(db: Database): Plugin<Context> {
  const answers = new Answers();
  const snapshots = new Snapshots(db);
  return {
    onExecute({ args: { document, operationName, contextValue, variableValues }, executeFn, setExecuteFn }) {
      if (getOperationAST(document, operationName)?.operation !== 'query') return;
      // All that resolvers know besides the database. Two principals never share an answer.
      const key = `${numberOf(document)} ${JSON.stringify([operationName, (contextValue as unknown as Context).principal, variableValues])}`;
      setExecuteFn(async (args: unknown) => {
        const execute = async () => (await executeFn(args as never)) as ExecutionResult;
        const snapshot = await snapshots.take().catch(() => null);
        return snapshot === null ? execute() : answers.get(snapshot, key, execute);
      });
    },
  };
}

const numbers = new WeakMap<DocumentNode, number>();
let documents = 0;

/** Documents are told apart by identity: yoga parses equal texts once. */
function numberOf(document: DocumentNode): number {
  const known = numbers.get(document);
  if (known) return known;
  documents += 1;
  numbers.set(document, documents);
  return documents;
}

/** The answers of one snapshot, forgotten with it. */
class Answers {
  #snapshot = '';
  #answers = new Map<string, Answer>();
  #characters = 0;
  #timer: NodeJS.Timeout | null = null;

  get(snapshot: string, key: string, execute: () => Answer): Answer {
    if (snapshot !== this.#snapshot) this.#forget(snapshot);
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = execute();
    if (this.#answers.size >= ENTRIES_MAX || this.#characters >= CHARACTERS_MAX) return answer;
    const kept = this.#prepared(answer);
    this.#keep(key, kept);
    return kept;
  }

  #keep(key: string, kept: Answer): void {
    const answers = this.#answers;
    answers.set(key, kept);
    this.#timer ??= setTimeout(() => this.#forget(''), LIFE_MS).unref();
    const drop = () => answers.delete(key);
    kept.then((result) => (result.errors ? drop() : undefined), drop);
  }

  /** With its text, so that it is written once; a copy that somebody has added to is written as it is. */
  async #prepared(answer: Answer): Answer {
    const result = await answer;
    if (result.errors || !('data' in result)) return result;
    const text = JSON.stringify(result);
    this.#characters += text.length;
    const kept = { ...result, stringify: (asked: unknown) => (asked === kept ? text : JSON.stringify(asked)) };
    return kept;
  }

  #forget(snapshot: string): void {
    this.#snapshot = snapshot;
    this.#answers = new Map();
    this.#characters = 0;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** Asks for snapshots one at a time: all who come while one is under way share the next, which is taken after they came. */
class Snapshots {
  readonly #db: Database;
  #current: Promise<unknown> = Promise.resolve();
  #next: Promise<string> | null = null;
  constructor(db: Database) {
    this.#db = db;
  }

  take(): Promise<string> {
    this.#next ??= this.#current.then(() => {
      this.#next = null;
      const asked = this.#ask();
      this.#current = asked.catch(() => {});
      return asked;
    });
    return this.#next;
  }

  async #ask(): Promise<string> {
    const [row] = await this.#db.query<{ snapshot: string }>(sql`SELECT pg_current_snapshot()::text AS snapshot`);
    return row?.snapshot ?? '';
  }
}
