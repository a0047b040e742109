import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { Upload } from '../../../schema/attachment/upload.ts';
import { Refusal } from '../../../schema/shared/refusal.ts';

/** What a multipart request asks, its file in its place among the variables. */
export interface Sent {
  query?: unknown;
  operationName?: unknown;
  variables: Record<string, unknown>;
}

/** One file a request, so that it can be taken from the line as it comes: a second could only wait in memory. */
const LIMITS = { files: 1, fields: 2, parts: 3, fieldSize: 500_000, fieldNameSize: 100, headerPairs: 50 };

export class BadMultipart extends Error {
  override readonly name = 'BadMultipart';
}

export function isMultipart(request: IncomingMessage): boolean {
  return request.method === 'POST' && /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
}

/** Reads up to where the file begins: operations and map stand before it, as the specification asks. The rest comes with the file. */
export function readMultipart(request: IncomingMessage): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    const bad = (message: string) => reject(new BadMultipart(message));
    let parser: InstanceType<typeof Busboy>;
    try {
      parser = new Busboy({ headers: request.headers as BusboyHeaders, limits: LIMITS });
    } catch (error) {
      return bad((error as Error).message);
    }
    parser.on('field', (name, value, _nameCut, valueCut) => (valueCut ? bad(`${name} is too long`) : fields.set(name, value)));
    const whole = new Promise<void>((done, broken) => parser.once('finish', done).once('error', broken));
    whole.catch(() => {}); // told to the reader of the file, where there is one
    parser.on('file', (name, stream, filename) => {
      endWithRequest(stream, request);
      let sent: Sent;
      try {
        sent = placed(fields, name, new Upload(filename || 'file', bytesOf(stream, whole)));
      } catch (error) {
        stream.resume();
        return reject(error as Error);
      }
      resolve(sent);
    });
    parser.on('finish', () => bad('no file was sent'));
    parser.on('error', (error) => bad((error as Error).message));
    request.once('close', () => bad('the request was cut off'));
    request.pipe(parser);
  });
}

/** A file is whole when the body that it came in is: its end alone may be that of a body that was cut short. */
async function* bytesOf(stream: Readable, whole: Promise<void>): AsyncGenerator<Uint8Array> {
  yield* stream as AsyncIterable<Uint8Array>;
  try {
    await whole;
  } catch {
    throw new Refusal('BAD_USER_INPUT', 'the request ended in the middle of the file', { field: 'file' });
  }
}

/** A file whose sender went is no whole file: whoever reads it is to hear of it. */
function endWithRequest(stream: Readable, request: IncomingMessage): void {
  stream.on('error', () => {}); // also told to its reader, where there is one
  const cut = () => {
    if (!request.complete) stream.destroy(new BadMultipart('the request was cut off'));
  };
  request.once('close', cut);
  stream.once('close', () => {
    request.off('close', cut);
    if (stream.readableEnded) return;
    request.unpipe();
    request.resume();
  });
}

function placed(fields: Map<string, string>, name: string, file: Upload): Sent {
  const operations = parsed('operations', fields.get('operations'));
  const map = parsed('map', fields.get('map'));
  const paths = map[name];
  const path = Array.isArray(paths) && paths.length === 1 ? String(paths[0]).split('.') : [];
  if (path[0] !== 'variables' || path.length < 2) throw new BadMultipart(`map: must name one variable for the file ${name}, such as ["variables.input.file"]`);
  const variables = (operations['variables'] ?? {}) as Record<string, unknown>;
  let at: Record<string, unknown> = { variables };
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(at, key) ? at[key] : null;
    if (typeof next !== 'object' || next === null) throw new BadMultipart(`map: there is no ${path.join('.')}`);
    at = next as Record<string, unknown>;
  }
  const last = path.at(-1) as string;
  if (!Object.hasOwn(at, last) || at[last] !== null) throw new BadMultipart(`map: ${path.join('.')} must be null in operations`);
  at[last] = file;
  return { query: operations['query'], operationName: operations['operationName'], variables };
}

function parsed(field: string, text: string | undefined): Record<string, unknown> {
  if (text === undefined) throw new BadMultipart(`${field} must come before the file`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadMultipart(`${field} is no JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadMultipart(`${field} must be an object: requests come one at a time`);
  return value as Record<string, unknown>;
}

/** How long the rest of a file that nobody wants is still taken, so that its sender gets to read why. */
const LINGER_MS = 2_000;

export function letGo(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) return;
  request.unpipe();
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  response.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
}
