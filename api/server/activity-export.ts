import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../../prisma/client.ts';
import type { Sql } from '../../prisma/sql.ts';
import { mustBeBoard, visible } from '../../schema/access/principal.ts';
import { lineOf } from '../../schema/activity/chain.ts';
import { type ActivityFilter, activityBetween, activityConditions, type Place, placeNow, placeOf } from '../../schema/activity/reads.ts';
import { companyById } from '../../schema/company/reads.ts';
import { badInput, Refusal, type RefusalCode } from '../../schema/shared/refusal.ts';
import { refusalError } from './errors.ts';
import type { GraphqlParts } from './graphql.ts';

const PATH = /^\/api\/companies\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/activity\.ndjson$/i;
/** Rows a statement: so much is in memory for a reader, however slow it is. */
const PAGE = 500;

/** The company whose log a path names, or null where it is no such path. */
export function exportedIn(path: string): string | null {
  return PATH.exec(path)?.[1]?.toLowerCase() ?? null;
}

type Reply = (status: number, body: unknown) => void;

/**
 * The log of a company as NDJSON, oldest first: one line a row, in the very form that is sealed. It ends with what was settled when
 * it was asked for; the cursor of the last line, given as `after`, goes on from there without a gap.
 */
export async function exportActivity(parts: Pick<GraphqlParts, 'db' | 'authenticate' | 'log'>, companyId: string, request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const { method, headers, url = '' } = request;
  const refuse = (refusal: Refusal) => {
    const { message, extensions } = refusalError(refusal);
    const { http, ...rest } = extensions as { http: { status: number } };
    reply(http.status, { errors: [{ message, extensions: rest }] });
  };
  if (method !== 'GET' && method !== 'HEAD') return reply(405, failure('BAD_USER_INPUT', 'the log is read by GET'));
  if (headers['sec-fetch-site'] === 'cross-site') return reply(403, failure('FORBIDDEN', 'requests from other sites are not served'));
  let from: Place;
  let end: Place;
  let conditions: Sql[];
  try {
    const runId = headers['x-boardroom-run-id'];
    const by = await parts.authenticate({ authorization: headers.authorization, runId: typeof runId === 'string' ? runId : null });
    const company = (await companyById.read(parts.db, [companyId])).get(companyId);
    visible(by, company && { companyId }, 'company');
    mustBeBoard(by, 'export the log');
    const { after, ...filter } = askedFor(new URL(url, 'http://localhost').searchParams);
    conditions = activityConditions(filter);
    from = placeOf(after ?? '0');
    end = await placeNow(parts.db);
  } catch (error) {
    if (error instanceof Refusal) return refuse(error);
    throw error;
  }
  response.writeHead(200, {
    'content-type': 'application/x-ndjson; charset=utf-8', 'content-disposition': 'attachment; filename="activity.ndjson"',
    'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox",
  });
  if (method === 'HEAD') return void response.end();
  const lines = Readable.from(pagesOf(parts.db, companyId, conditions, from, end), { objectMode: true, highWaterMark: 1 });
  // Whoever went away in the middle needs no answer. What broke cuts the answer short: its end would say that this was all.
  await pipeline(lines, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') parts.log.error({ err: error, companyId }, 'an export of the log was cut short');
  });
}

/** The next page is read once the one before has gone to the reader. */
async function* pagesOf(db: Database, companyId: string, conditions: Sql[], from: Place, end: Place): AsyncGenerator<string, void, void> {
  for (let place = from; ;) {
    const rows = await activityBetween(db, companyId, conditions, place, end, PAGE);
    if (rows.length > 0) yield `${rows.map(lineOf).join('\n')}\n`;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    place = last;
  }
}

const failure = (code: RefusalCode, message: string) => ({ errors: [{ message, extensions: { code } }] });

const texts = ['entityType', 'entityId', 'actorId', 'agentId', 'runId', 'issueId', 'after'] as const;
const times = ['since', 'until'] as const;
const actorTypes = ['USER', 'AGENT', 'SYSTEM'] as const;

/** The same filter as GraphQL's, from the query of an address. What is not known is refused: a filter that was mistyped would let everything through. */
function askedFor(query: URLSearchParams): ActivityFilter & { after?: string } {
  const asked: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    if (name === 'action') asked['actions'] = values.flatMap((value) => value.split(','));
    else if (values.length > 1) throw badInput(name, 'is given more than once');
    else asked[name] = checked(name, values[0] ?? '');
  }
  return asked;
}

function checked(name: string, value: string): string | Date {
  if (name === 'actorType') {
    if (!actorTypes.some((type) => type === value)) throw badInput(name, `is one of ${actorTypes.join(', ')}`);
    return value;
  }
  if (times.some((time) => time === name)) {
    const time = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(value) ? new Date(value) : null;
    // JavaScript takes February 30 for a day in March.
    const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
    if (!time || Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1 || !day.toISOString().startsWith(value.slice(0, 10))) throw badInput(name, 'is no time, such as 2026-01-31T12:00:00Z or 2026-01-31');
    return time;
  }
  if (texts.some((text) => text === name)) return value;
  throw badInput(name, `is no filter; there are action, actorType, ${[...texts, ...times].join(', ')}`);
}
