import { type LookupAddress, promises as dns } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress, literalIp } from '../../notifications/public-address.ts';
import type { Outcome } from '../../../schema/notification/rules.ts';
import { clip } from '../../../schema/shared/text.ts';

const TIMEOUT_MS = 10_000;
/** What is kept of an answer that is not success. */
const ANSWER_MAX = 200;
/** What is read of an answer that nobody looks at, so that its sender is not cut off. */
const DRAIN_BYTES = 64 * 1024;

export interface Webhook {
  address: string;
  body: string;
  headers: Record<string, string>;
  /** Whether addresses that are not of the public internet are called too. */
  allowsPrivate: boolean;
  timeoutMs?: number;
  resolve?: (host: string) => Promise<LookupAddress[]>;
}

/** A name that leads where nothing is sent. */
class Unsendable extends Error {}

/** Sends one message to one address. Whatever goes wrong is an outcome; nothing is thrown. */
export async function postWebhook({ address, body, headers, allowsPrivate, timeoutMs = TIMEOUT_MS, resolve = resolveAll }: Webhook): Promise<Outcome> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const url = new URL(address);
    const addresses = await orAborted(signal, addressesOf(url, allowsPrivate, resolve));
    const response = await post(url, addresses, body, headers, signal);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) {
      drain(response);
      return { arrived: true, status };
    }
    if (status >= 300 && status < 400) {
      response.destroy();
      return { arrived: false, status, error: `answered ${status}, and redirects are not followed` };
    }
    const said = await beginningOf(response);
    return { arrived: false, status, error: `answered ${status}${said ? `: ${said}` : ''}` };
  } catch (error) {
    return { arrived: false, status: null, error: reasonOf(error, timeoutMs) };
  }
}

/**
 * Where a name leads. All of its addresses must be public: one that is not would be the one to be called. The connection goes to
 * what was checked here, so that a name cannot lead elsewhere when it is looked up again.
 */
async function addressesOf(url: URL, allowsPrivate: boolean, resolve: (host: string) => Promise<LookupAddress[]>): Promise<LookupAddress[]> {
  const ip = literalIp(url);
  const found = ip ? [{ address: ip, family: isIP(ip) }] : await resolve(url.hostname);
  const barred = allowsPrivate ? undefined : found.find(({ address }) => !isPublicAddress(address));
  if (barred) throw new Unsendable(`${ip ? '' : `${url.hostname} leads to `}${barred.address}, which is no address of the public internet`);
  if (found.length === 0) throw new Unsendable(`${url.hostname} leads nowhere`);
  return found;
}

function resolveAll(host: string): Promise<LookupAddress[]> {
  return dns.lookup(host, { all: true, verbatim: true });
}

function post(url: URL, addresses: LookupAddress[], body: string, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
  const lookup: LookupFunction = (_host, options, answer) => {
    if (options.all) return answer(null, addresses);
    const [first] = addresses as [LookupAddress];
    answer(null, first.address, first.family);
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    // A connection of its own: a kept one might be one that somebody else opened by another name.
    const request = send(url, { method: 'POST', agent: false, lookup, signal, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } }, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

/** Reads on without anybody waiting for it, until the end, too much, or the time is over. */
function drain(response: IncomingMessage): void {
  let bytes = 0;
  response.on('error', () => undefined);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DRAIN_BYTES) response.destroy();
  });
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > ANSWER_MAX * 4) break;
    }
  } catch {
    // What came before it broke off is told.
  }
  return clip(Buffer.concat(chunks).toString('utf8').trim(), ANSWER_MAX);
}

async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  const { name, message, code, cause } = error as Error & { code?: string; cause?: Error };
  if (error instanceof Unsendable) return message;
  // An abort by the signal carries the signal's reason as its cause.
  if (name === 'TimeoutError' || cause?.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  return message || code || name; // where several addresses were tried there is no message
}
