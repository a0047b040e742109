import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { maySee } from '../../../schema/access/principal.ts';
import { attachmentById } from '../../../schema/attachment/reads.ts';
import { isShown, servedType } from '../../../schema/attachment/rules.ts';
import type { Attachment } from '../../../prisma/generated/client.ts';
import { Refusal } from '../../../schema/shared/refusal.ts';
import type { GraphqlParts } from '../graphql.ts';
import type { FileStore } from './store.ts';

const PATH = /^\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** The attachment that a path names, or null where it is no such path. */
export function attachmentIn(path: string): string | null {
  return PATH.exec(path)?.[1]?.toLowerCase() ?? null;
}

type Reply = (status: number, body: unknown) => void;

/** The bytes of an attachment, whole or a range of them, to whoever may see its company. */
export async function serveFile(parts: Pick<GraphqlParts, 'db' | 'authenticate' | 'log'>, store: FileStore, id: string, request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const { method, headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return reply(405, failure('BAD_USER_INPUT', 'files are read by GET'));
  if (headers['sec-fetch-site'] === 'cross-site') return reply(403, failure('FORBIDDEN', 'requests from other sites are not served'));
  const runId = headers['x-boardroom-run-id'];
  let attachment: Attachment | null;
  try {
    const by = await parts.authenticate({ authorization: headers.authorization, runId: typeof runId === 'string' ? runId : null });
    const found = (await attachmentById.read(parts.db, [id])).get(id) ?? null;
    attachment = found && maySee(by, found.companyId) ? found : null;
  } catch (error) {
    if (error instanceof Refusal) return reply(401, failure(error.code, error.message));
    throw error;
  }
  if (!attachment) return reply(404, failure('NOT_FOUND', 'no such attachment'));
  await send(attachment, store, request, response, reply, (error) => parts.log.error({ err: error, attachmentId: id }, 'the bytes of an attachment cannot be read'));
}

const failure = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });

async function send(attachment: Attachment, store: FileStore, request: IncomingMessage, response: ServerResponse, reply: Reply, broken: (error: unknown) => void): Promise<void> {
  const { contentType, sha256, filename } = attachment;
  const size = Number(attachment.byteSize);
  const etag = `"${sha256}"`;
  const about = {
    'content-type': servedType(contentType),
    'content-disposition': `${isShown(contentType) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(filename).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    // Whatever it is, it runs nothing and reaches nothing, also where a browser shows it after all.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag,
  };
  if (request.headers['if-none-match']?.split(',').some((tag) => tag.trim() === etag || tag.trim() === '*')) return void response.writeHead(304, about).end();
  const conditional = request.headers['if-range'];
  const range = conditional === undefined || conditional === etag ? rangeOf(request.headers.range, size) : null;
  if (range === 'none') return void response.writeHead(416, { ...about, 'content-range': `bytes */${size}` }).end();
  const [start, end] = range ?? [0, size - 1];
  const length = end - start + 1;
  const file = request.method === 'HEAD' ? null : await store.open(sha256).catch((error: unknown) => (broken(error), undefined));
  if (file === undefined) return reply(404, failure('NOT_FOUND', 'the bytes of this attachment are gone'));
  response.writeHead(range ? 206 : 200, { ...about, 'content-length': length, ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}) });
  if (!file) return void response.end();
  if (length === 0) return void response.end(await file.close());
  // Who went away in the middle needs no answer, and bytes that cannot be read cut the answer short.
  await pipeline(file.createReadStream({ start, end }), response).catch((error: NodeJS.ErrnoException) => { if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') broken(error); });
}

/** The one range that is asked for; null for the whole, also where several are; 'none' where there is no such. */
export function rangeOf(header: string | undefined, size: number): [number, number] | 'none' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 || size === 0 ? 'none' : [Math.max(0, size - last), size - 1];
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < start) return null;
  return start >= size ? 'none' : [start, end];
}
