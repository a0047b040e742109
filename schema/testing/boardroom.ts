import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentNode, execute, type ExecutionResult, GraphQLError, type GraphQLSchema, parse, subscribe, validate } from 'graphql';
import { localWorkspaces } from '../../adapters/workspaces/local/local-workspaces.ts';
import { adaptersFor } from '../../api/server/adapters.ts';
import { LiveBus } from '../../api/live/bus.ts';
import { channelsOf } from '../../api/notifications/channels.ts';
import { FileStore } from '../../api/server/files/store.ts';
import { type Database, openDatabase } from '../../prisma/client.ts';
import { testDatabase } from '../../prisma/testing.ts';
import { write } from '../../prisma/transaction.ts';
import { LOCAL_BOARD_USER, type Principal } from '../access/principal.ts';
import type { Context } from '../context.ts';
import { buildSchema } from '../index.ts';
import { Loading } from '../shared/loading.ts';
import { Refusal, type RefusalCode } from '../shared/refusal.ts';

export const BOARD: Principal = { kind: 'user', userId: LOCAL_BOARD_USER };

let built: GraphQLSchema | undefined;

/** The schema, built once per test file. */
export function testSchema(): GraphQLSchema {
  built ??= buildSchema();
  return built;
}

export interface Refused {
  code: RefusalCode;
  message: string;
  field: string | undefined;
  details: Record<string, unknown> | undefined;
}

/** A Boardroom without its HTTP server: a migrated database of its own, the live bus, the real adapters, and the schema. */
export interface TestBoardroom {
  readonly db: Database;
  readonly url: string;
  readonly live: LiveBus;
  readonly files: FileStore;
  contextFor(by: Principal): Context;
  /** Executes an operation; its errors are in the result. */
  run(by: Principal, source: string, variables?: Record<string, unknown>): Promise<ExecutionResult>;
  /** The data of an operation that must succeed. */
  ask<Data = Answer>(by: Principal, source: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The refusal that an operation must end in. */
  refusal(by: Principal, source: string, variables?: Record<string, unknown>): Promise<Refused>;
  /** What a subscription yields; a refusal is thrown. */
  follow<Data = Answer>(by: Principal, source: string, variables?: Record<string, unknown>): Promise<AsyncGenerator<ExecutionResult<Data>>>;
  /** The SQL that some work sends, without what a transaction is made of. */
  statements(work: () => Promise<unknown>): Promise<string[]>;
  /** How many transactions some work begins: more than it has commands means that some were run again. */
  transactions(work: () => Promise<unknown>): Promise<number>;
  /** All SQL that was sent so far. */
  readonly heard: readonly string[];
  close(): Promise<void>;
}

// An answer has the shape that the test asked for.
// oxlint-disable-next-line typescript/no-explicit-any
export type Answer = Record<string, any>;

export async function testBoardroom(options: { connections?: number } = {}): Promise<TestBoardroom> {
  const database = await testDatabase();
  const live = new LiveBus();
  const heard: string[] = [];
  const db = openDatabase({ url: database.url, connections: options.connections ?? 6, bus: live, onStatement: (text) => heard.push(text) });
  const adapters = adaptersFor({ PATH: '/usr/bin:/bin' });
  const workspaces = localWorkspaces({ PATH: '/usr/bin:/bin' });
  const schema = testSchema();
  const folder = join(tmpdir(), `boardroom-test-files-${randomUUID()}`); // made by the first upload
  const files = new FileStore(folder);

  const contextFor = (principal: Principal): Context => {
    const loading = new Loading(db);
    return {
      principal, db, live, adapters, workspaces, files, loading, notifications: channelsOf({ smtpUrl: 'smtp://mail.test', notifyPrivate: false }), requestId: 'test', version: '0.0.0-test',
      async write(command, writing) {
        const result = await write(db, (tx) => command(tx, principal), writing);
        loading.clear();
        return result;
      },
    };
  };
  const documents = new Map<string, DocumentNode>();
  const checked = (source: string): DocumentNode => {
    const known = documents.get(source);
    if (known) return known;
    const document = parse(source);
    const mistakes = validate(schema, document);
    if (mistakes[0]) throw mistakes[0];
    documents.set(source, document);
    return document;
  };
  const prepared = (by: Principal, source: string, variableValues: Record<string, unknown> = {}) => {
    const document = checked(source);
    return { schema, document, variableValues, contextValue: contextFor(by) };
  };

  const boardroom: TestBoardroom = {
    db, live, files, url: database.url, contextFor, heard,
    run: async (by, source, variables) => execute(prepared(by, source, variables)),
    async ask<Data>(by: Principal, source: string, variables?: Record<string, unknown>) {
      const { data, errors } = await boardroom.run(by, source, variables);
      if (errors?.[0]) throw errors[0].originalError ?? errors[0];
      return data as Data;
    },
    async refusal(by, source, variables) {
      const { errors } = await boardroom.run(by, source, variables);
      if (!errors?.[0]) throw new Error('it was not refused');
      return refusedBy(errors[0]);
    },
    async follow<Data>(by: Principal, source: string, variables?: Record<string, unknown>) {
      const stream = await subscribe(prepared(by, source, variables));
      if (Symbol.asyncIterator in stream) return stream as AsyncGenerator<ExecutionResult<Data>>;
      throw stream.errors?.[0]?.originalError ?? stream.errors?.[0] ?? new Error('no stream');
    },
    async statements(work) {
      const start = heard.length;
      await work();
      return heard.slice(start).filter((text) => !/^(BEGIN|COMMIT|ROLLBACK|SET |SELECT 1$|DEALLOCATE)/.test(text));
    },
    async transactions(work) {
      const start = heard.length;
      await work();
      return heard.slice(start).filter((text) => text.startsWith('BEGIN')).length;
    },
    async close() {
      await live.close();
      await db.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return boardroom;
}

/** A refusal with its code. Anything else that went wrong is a fault of ours, and fails the test as it is. */
function refusedBy(error: GraphQLError): Refused {
  const cause = error.originalError ?? error;
  if (cause instanceof Refusal) return { code: cause.code, message: cause.message, field: cause.field, details: cause.details };
  // Values that do not fit their type are refused by graphql itself, before any code of ours.
  if (cause instanceof GraphQLError) return { code: 'BAD_USER_INPUT', message: error.message, field: undefined, details: undefined };
  throw cause;
}
