import type { IncomingMessage } from 'node:http';

/** Why a request is not let in, or null. Browsers are the danger here: any page they show can send requests to this machine. */
export type Guard = (request: Pick<IncomingMessage, 'headers' | 'method' | 'url'>) => string | null;

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Host must be a loopback name: a rebound DNS name is not. Origin, where a browser sends one, must be this server. And what
 * is not a plain read needs a JSON body or a header of ours, which no form or image of another site can send.
 */
export function browserGuard(): Guard {
  return ({ headers, method, url }) => {
    const host = headers.host ?? '';
    if (!LOOPBACK.test(host)) return 'this Host is not served here';
    if (headers.origin !== undefined && headers.origin !== `http://${host}`) return 'requests from other sites are not served';
    if (headers['sec-fetch-site'] === 'cross-site' && method !== 'GET') return 'requests from other sites are not served';
    if (!url?.startsWith('/graphql') || headers.upgrade) return null;
    if (method === 'GET' && headers.accept?.includes('text/html')) return null;
    if (method === 'OPTIONS') return null;
    const isJson = /^application\/(graphql-response\+)?json\b/i.test(headers['content-type'] ?? '');
    return isJson || headers['x-boardroom-request'] !== undefined ? null : 'send content-type: application/json, or the header x-boardroom-request: 1';
  };
}
