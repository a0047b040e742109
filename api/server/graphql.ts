import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createYoga, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Database } from '../../prisma/client.ts';
import { patient, patiently } from '../../prisma/outage.ts';
import { write } from '../../prisma/transaction.ts';
import { mustBeCurrent } from '../../schema/access/reads.ts';
import type { Adapters } from '../../schema/agent/adapters.ts';
import type { Context, Live } from '../../schema/context.ts';
import type { NotificationChannels } from '../../schema/notification/channels.ts';
import { Loading } from '../../schema/shared/loading.ts';
import type { WorkspaceFolders } from '../../schema/workspace/folders.ts';
import type { Credentials } from '../auth/principal.ts';
import type { authenticator } from '../auth/principal.ts';
import { operationCost } from './cost.ts';
import { errorMask, statusOfPart } from './errors.ts';
import type { FileStore } from './files/store.ts';
import { documentLimits } from './limits.ts';
import { resultCache } from './result-cache.ts';

export interface GraphqlParts {
  schema: GraphQLSchema;
  db: Database;
  live: Live;
  adapters: Adapters;
  workspaces: WorkspaceFolders;
  files: FileStore;
  notifications: NotificationChannels;
  authenticate: ReturnType<typeof authenticator>;
  log: Logger;
  version: string;
}

/** The request that is being answered, for logs. Events of a stream come later: a fault in one has an id of its own. */
const current = new AsyncLocalStorage<string>();

/** GraphQL over HTTP, with SSE for subscriptions and GraphiQL for people. */
export function graphqlServer(parts: GraphqlParts) {
  const { schema, log } = parts;
  return createYoga<Asked, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    batching: false,
    multipart: false,
    logging: false,
    cors: false,
    graphiql: { title: 'Boardroom', defaultQuery: readFileSync(new URL('examples.graphql', import.meta.url), 'utf8'), subscriptionsProtocol: 'WS' },
    renderGraphiQL: async (options) => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    maskedErrors: { errorMessage: 'something went wrong here', maskError: errorMask(log, () => current.getStore() ?? randomUUID()) },
    plugins: [variablesAsSent(), documentLimits(), resultCache(parts.db), operationCost(schema), statusOfPart()],
    context: ({ request: { headers } }: YogaInitialContext) =>
      contextFor(parts, { authorization: headers.get('authorization'), runId: headers.get('x-boardroom-run-id') }, isStream(headers.get('accept'))),
  });
}

/** What a request says besides its JSON: variables with files among them (see files/multipart.ts). */
export interface Asked {
  variables?: Record<string, unknown>;
}

function variablesAsSent(): Plugin<object, Asked> {
  return {
    onParams({ params, setParams, context: { variables } }) {
      if (variables) setParams({ ...params, variables });
    },
  };
}

/** Runs what answers one request, with an id of its own that masked errors show. */
export function withRequestId<T>(work: (requestId: string) => T): T {
  const requestId = randomUUID();
  return current.run(requestId, () => work(requestId));
}

/** Whether this is what somebody asks with who wants a stream of server-sent events. */
export function isStream(accept: string | null | undefined): boolean {
  return accept?.includes('text/event-stream') ?? false;
}

/** What resolvers have at hand, for one request or one subscription. Streams wait for a database that is away. */
export async function contextFor(parts: GraphqlParts, credentials: Credentials, isForStream: boolean): Promise<Context> {
  const { live, adapters, workspaces, files, notifications, version } = parts;
  const db = isForStream ? patient(parts.db) : parts.db;
  const principal = await (isForStream ? patiently(() => parts.authenticate(credentials)) : parts.authenticate(credentials));
  const loading = new Loading(db);
  let hasWritten = false;
  return {
    principal, db, live, adapters, workspaces, files, notifications, version, loading,
    requestId: current.getStore() ?? randomUUID(),
    async write(command, options) {
      // An earlier mutation of the request may have ended the run, or taken its time: a token lasts no longer for being one of many.
      if (hasWritten) await mustBeCurrent(parts.db, principal);
      hasWritten = true;
      const result = await write(parts.db, (tx) => command(tx, principal), options);
      loading.clear();
      return result;
    },
  };
}
