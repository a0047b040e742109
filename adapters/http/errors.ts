import type { ErrorFamily, Outcome } from '../contract.ts';
import { boundedText } from '../bounded.ts';
import type { Answer, NoAnswer } from './exchange.ts';

type Failed = Extract<Outcome, { kind: 'failed' }>;

const excerpt = 300;

/** The outcome of a request that got no answer. */
export function failureWithoutAnswer({ failure, message }: NoAnswer, url: string): Failed {
  const kinds: Record<NoAnswer['failure'], { code: string; family?: ErrorFamily; remedy: string }> = {
    refused: { code: 'HTTP_CONNECTION_REFUSED', family: 'transient_upstream', remedy: 'Start the service, or correct the port in url.' },
    unknownHost: { code: 'HTTP_HOST_NOT_FOUND', family: 'configuration', remedy: 'Correct the host in url, or the name service.' },
    timeout: { code: 'HTTP_TIMEOUT', family: 'transient_upstream', remedy: 'Answer at once and finish by completeRun (completion callback), or raise timeoutMs.' },
    certificate: { code: 'HTTP_CERTIFICATE', family: 'configuration', remedy: 'Install a certificate that this machine trusts.' },
    aborted: { code: 'HTTP_ABORTED', remedy: 'The run was cancelled or the worker stopped.' },
    broken: { code: 'HTTP_FAILED', family: 'transient_upstream', remedy: 'Look at the service’s own log.' },
  };
  const { code, family, remedy } = kinds[failure];
  return { kind: 'failed', code, message: `${url}: ${message}`, remedy, ...(family === undefined ? {} : { family }) };
}

/** The outcome of an answer that is no 2xx; null for one that is. */
export function failureOfStatus({ status, headers, body }: Answer, url: string, now: Date): Failed | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) {
    return {
      kind: 'failed', code: 'HTTP_REDIRECT', family: 'configuration',
      message: `${url} answered ${status} to ${boundedText(headers['location'] ?? 'nowhere', excerpt)}; redirects are not followed`,
      remedy: 'Set url to where the service is.',
    };
  }
  const said = body.trim();
  const retryNotBefore = retryTime(headers['retry-after'], now);
  const { family, remedy } = causeOf(status);
  return {
    kind: 'failed', code: 'HTTP_STATUS', message: `${url} answered ${status}${said === '' ? '' : `: ${boundedText(said, excerpt)}`}`,
    family, remedy: retryNotBefore === null ? remedy : `${remedy} It asks not to be asked again before ${retryNotBefore}.`,
    ...(retryNotBefore === null ? {} : { retryNotBefore }),
  };
}

function causeOf(status: number): { family: ErrorFamily; remedy: string } {
  if (status === 401 || status === 403) return { family: 'auth', remedy: 'Correct the credentials in headers.' };
  if (status === 429) return { family: 'provider_quota', remedy: 'The service asks for fewer requests. Wait, or raise its limit.' };
  if (status >= 500) return { family: 'transient_upstream', remedy: 'Look at the service’s own log.' };
  return { family: 'configuration', remedy: 'Correct url, method or body; the service did not accept the request.' };
}

/** Seconds or a date, as RFC 9110 has it. */
function retryTime(value: string | undefined, now: Date): string | null {
  if (value === undefined) return null;
  const time = /^\d+$/.test(value) ? now.getTime() + Number(value) * 1000 : Date.parse(value);
  const date = new Date(time);
  return Number.isNaN(date.getTime()) || date.getTime() < now.getTime() ? null : date.toISOString();
}
