import { constants, openAsBlob } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { apiError, type Answer, headers, unreachable } from './ask.ts';
import { ApiError, UsageError } from './failure.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import type { Settings } from './settings.ts';

/** Long enough for the largest file over a slow line. */
const PATIENCE_MS = 3_600_000;

/** As `headers`, without the type of a body: fetch writes it with the boundary of its parts. */
function withoutType(settings: Settings): Record<string, string> {
  const { 'content-type': _type, ...rest } = headers(settings, 'application/graphql-response+json, application/json');
  return { ...rest, 'x-boardroom-request': '1' };
}

/** Sends a typed document with one file in place of a variable, read from the disk as it goes. */
export async function sendFile<R, V>(settings: Settings, document: TypedDocumentString<R, V>, variables: NoInfer<V>, place: string, path: string): Promise<R> {
  const file = await readable(path).catch((error: Error) => { throw new UsageError(`cannot read ${path}: ${error.message}`); });
  const form = new FormData();
  form.append('operations', JSON.stringify({ query: document.toString(), variables }));
  form.append('map', JSON.stringify({ 0: [place] }));
  form.append('0', file, basename(path));
  const answer = await fetch(`${settings.apiUrl}/graphql`, { method: 'POST', headers: withoutType(settings), body: form, signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    (response) => response.json() as Promise<Answer>,
    (error: unknown) => { throw unreachable(settings, error); },
  );
  const error = answer.errors?.[0];
  if (error) throw apiError(error);
  return answer.data as R;
}

/** A blob over a file is told of what is wrong with the file only once it is sent. */
async function readable(path: string): Promise<Blob> {
  await access(path, constants.R_OK);
  if (!(await stat(path)).isFile()) throw new Error('it is no file');
  return openAsBlob(path);
}

/** Writes the bytes of an attachment to a new file, or to standard output. */
export async function fetchFile(settings: Settings, id: string, to: string | undefined): Promise<void> {
  const response = await fetch(`${settings.apiUrl}/files/${encodeURIComponent(id)}`, { headers: withoutType(settings), signal: AbortSignal.timeout(PATIENCE_MS) }).catch((error: unknown) => {
    throw unreachable(settings, error);
  });
  if (!response.ok || !response.headers.get('etag') || !response.body) throw new ApiError('NOT_FOUND', `no attachment ${id}`);
  const bytes = Readable.fromWeb(response.body as never);
  if (to === undefined) return pipeline(bytes, process.stdout, { end: false });
  const file = await open(to, 'wx').catch((error: Error) => { throw new UsageError(`cannot write ${to}: ${error.message}`); });
  await pipeline(bytes, file.createWriteStream());
}
