import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface Question {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The body went on beyond the limit. */
  isCut: boolean;
}

/** Why no answer came: a class to switch on, and the words of the system. */
export interface NoAnswer { failure: 'refused' | 'unknownHost' | 'timeout' | 'aborted' | 'certificate' | 'broken'; message: string }

/** An answer says what became of the work; who sends more has something else to say. */
const mostBodyBytes = 1024 * 1024;

/**
 * One request and its answer. Not by `fetch`, which gives up on an answer after five minutes and follows redirects:
 * a redirect would carry the headers' secrets and the run's token to another place.
 */
export function exchange(question: Question): Promise<Answer | NoAnswer> {
  const timeout = AbortSignal.timeout(question.timeoutMs);
  const signal = AbortSignal.any([question.signal, timeout]);
  return new Promise((resolve) => {
    const fail = (error: unknown): void => resolve(noAnswer(error, question, timeout));
    const send = question.url.startsWith('https:') ? httpsRequest : httpRequest;
    const body = Buffer.from(question.body);
    try {
      const request = send(question.url, {
        method: question.method, signal, agent: false,
        headers: { ...question.headers, 'content-length': String(body.length) },
      });
      request.on('error', fail);
      request.on('response', (response) => readAnswer(response).then(resolve, fail));
      request.end(body);
    } catch (error) {
      fail(error);
    }
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes > mostBodyBytes) break; // leaving the loop ends the connection
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: new TextDecoder().decode(Buffer.concat(parts).subarray(0, mostBodyBytes)),
    isCut: bytes > mostBodyBytes,
  };
}

function noAnswer(error: unknown, { timeoutMs, signal }: Question, timeout: AbortSignal): NoAnswer {
  if (signal.aborted) return { failure: 'aborted', message: 'The request was aborted' };
  if (timeout.aborted) return { failure: 'timeout', message: `No answer within ${timeoutMs} ms` };
  const { code = '', message } = error as NodeJS.ErrnoException;
  // A host with several addresses fails with an error of errors, which carries the code and no words.
  const words = message || code;
  if (code === 'ECONNREFUSED') return { failure: 'refused', message: words };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { failure: 'unknownHost', message: words };
  if (code === 'ETIMEDOUT') return { failure: 'timeout', message: words };
  if (/CERT|SIGNATURE|ERR_TLS|ERR_SSL/.test(code)) return { failure: 'certificate', message: words };
  return { failure: 'broken', message: words };
}
