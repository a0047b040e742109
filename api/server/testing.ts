import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { localWorkspaces } from '../../adapters/workspaces/local/local-workspaces.ts';
import { sql } from '../../prisma/sql.ts';
import { type RunClaims, signRunToken } from '../../schema/access/run-token.ts';
import { BOARD, type TestBoardroom, testSchema } from '../../schema/testing/boardroom.ts';
import { authenticator } from '../auth/principal.ts';
import { boardServer } from './http.ts';

/** What came back from /graphql. */
export interface Answered {
  status: number;
  type: string;
  headers: Headers;
  body: { data?: Record<string, never>; errors?: { message: string; path?: unknown[]; extensions: { code: string; field?: string; requestId?: string; details?: object } }[]; extensions?: Record<string, unknown> };
}

/** The real HTTP server of a Boardroom, on a free port, its log in memory. */
export async function testServer(boardroom: TestBoardroom, options: { web?: string } = {}) {
  const { db, live } = boardroom;
  const logged: Record<string, unknown>[] = [];
  const [instance] = await db.query<{ key: Buffer }>(sql`SELECT signing_key AS key FROM instance`);
  const signingKey = instance?.key ?? Buffer.alloc(32);
  const server = boardServer({
    schema: testSchema(), db, live, files: boardroom.files, notifications: boardroom.contextFor(BOARD).notifications, adapters: boardroom.contextFor(BOARD).adapters, workspaces: localWorkspaces({}), authenticate: authenticator(db, signingKey), version: '0.0.0-test',
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) }),
  }, options.web);
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.http.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  const post = async (body: unknown, headers: Record<string, string> = {}): Promise<Answered> => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, type: response.headers.get('content-type') ?? '', headers: response.headers, body: (text.startsWith('{') ? JSON.parse(text) : { text }) as Answered['body'] };
  };
  return {
    host, origin, url: `${origin}/graphql`, logged, post,
    ask: (query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}) => post({ query, variables }, headers),
    runToken: (claims: RunClaims) => signRunToken(signingKey, claims),
    close: () => server.close(),
  };
}

export type TestServer = Awaited<ReturnType<typeof testServer>>;
