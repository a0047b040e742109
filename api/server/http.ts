import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { sql } from '../../prisma/sql.ts';
import { exportActivity, exportedIn } from './activity-export.ts';
import { type GraphqlParts, graphqlServer, isStream, withRequestId } from './graphql.ts';
import { attachmentIn, serveFile } from './files/download.ts';
import { BadMultipart, isMultipart, letGo, readMultipart } from './files/multipart.ts';
import { browserGuard } from './guard.ts';
import { serveWebSocket } from './websocket.ts';

const WEB = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** How long the body of a request may take. */
const UPLOAD_MS = 3_600_000;

export interface BoardServer {
  http: Server;
  close(): Promise<void>;
}

/** One server for everything: GraphQL by HTTP, SSE and WebSocket on /graphql, health, and the board's files. */
export function boardServer(parts: GraphqlParts, web = WEB): BoardServer {
  const guard = browserGuard();
  const yoga = graphqlServer(parts);
  const streams = new Set<ServerResponse>();
  const files = existsSync(web) ? sirv(web, { single: true, etag: true, gzip: true, setHeaders: cacheHeaders }) : null;

  // As long as the `boardroom` command waits: a large file over a slow line takes more than Node's five minutes. Heads still have one minute.
  const http = createServer({ requestTimeout: UPLOAD_MS }, (request, response) => {
    void withRequestId((requestId) => {
      response.setHeader('x-request-id', requestId);
      // What nobody else answers for must not end the process, and everybody's requests with it.
      return answer(request, response).catch((error: unknown) => {
        parts.log.error({ err: error, requestId }, 'a request failed');
        if (response.headersSent) return void response.destroy();
        reply(response, 500, { errors: [{ message: 'something went wrong here; it is logged under the request id', extensions: { code: 'INTERNAL', requestId } }] });
      });
    });
  });
  function cutOffAtClose(response: ServerResponse): void {
    streams.add(response);
    response.once('close', () => streams.delete(response));
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/healthz') return reply(response, 200, { status: 'ok' });
    const refused = guard(request);
    if (refused !== null) return reply(response, 403, { errors: [{ message: refused, extensions: { code: 'FORBIDDEN' } }] });
    if (path === '/readyz') return ready(parts, response);
    if (path === '/graphql') {
      if (isStream(request.headers.accept)) cutOffAtClose(response);
      return isMultipart(request) ? answerMultipart(yoga, request, response) : yoga(request, response);
    }
    const attachmentId = attachmentIn(path);
    if (attachmentId) return serveFile(parts, parts.files, attachmentId, request, response, (status, body) => reply(response, status, body));
    const companyId = exportedIn(path);
    if (companyId) {
      cutOffAtClose(response);
      return exportActivity(parts, companyId, request, response, (status, body) => reply(response, status, body));
    }
    secureHeaders(response);
    hearSource(response);
    if (!files) return reply(response, 503, { error: 'the board is not built: run npm run build' });
    return files(request, response, () => reply(response, 404, { error: 'not found' }));
  }
  http.keepAliveTimeout = 65_000;
  const closeSockets = serveWebSocket(http, yoga, parts, guard);
  return {
    http,
    async close() {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      // Cut off, not completed: whoever reads one comes back with its cursor.
      for (const response of streams) response.destroy();
      await closeSockets();
      http.closeIdleConnections();
      const late = setTimeout(() => http.closeAllConnections(), 2_000);
      await closed;
      clearTimeout(late);
    },
  };
}

/** What the board's files are read from. One that is gone since (the board was built anew) cuts its answer short, and not the process. */
function hearSource(response: ServerResponse): void {
  response.once('pipe', (source) => {
    source.once('error', () => response.destroy());
    response.once('close', () => source.destroy());
  });
}

/** As if it had come as JSON, but for the file, which is read from the line by whoever takes it. */
async function answerMultipart(yoga: ReturnType<typeof graphqlServer>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { variables, ...asked } = await readMultipart(request);
    const { authorization, accept, 'x-boardroom-run-id': runId } = request.headers;
    // Never a stream: what comes back is read to its end.
    const headers = { 'content-type': 'application/json', accept: !accept || isStream(accept) ? 'application/json' : accept, ...(authorization === undefined ? {} : { authorization }), ...(typeof runId === 'string' ? { 'x-boardroom-run-id': runId } : {}) };
    const answer = await yoga.fetch(`http://${request.headers.host}/graphql`, { method: 'POST', headers, body: JSON.stringify(asked) }, { variables });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  } catch (error) {
    if (!(error instanceof BadMultipart)) throw error;
    reply(response, 400, { errors: [{ message: error.message, extensions: { code: 'BAD_USER_INPUT' } }] });
  } finally {
    letGo(request, response);
  }
}

async function ready({ db }: GraphqlParts, response: ServerResponse): Promise<void> {
  try {
    await db.query(sql`SELECT 1`);
    reply(response, 200, { status: 'ready' });
  } catch {
    reply(response, 503, { status: 'the database does not answer' });
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/** Built files carry their hash in the name; the page itself is asked for anew each time. */
function cacheHeaders(response: ServerResponse, pathname: string): void {
  response.setHeader('cache-control', pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}

function secureHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'");
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
}

