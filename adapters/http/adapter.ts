import type { Check, RequestAdapter } from '../contract.ts';
import type { HttpConfig } from './config.ts';
import { httpConfig } from './config.ts';
import { failureWithoutAnswer } from './errors.ts';
import { exchange } from './exchange.ts';
import { cancelByRequest, shownUrl, startByRequest } from './start.ts';

const testTimeoutMs = 5_000;

/** An agent that lives behind a URL: woken by a request, finished by a callback or by the answer itself. */
export const httpAdapter: RequestAdapter<HttpConfig> = {
  kind: 'request',
  type: 'http',
  label: 'HTTP',
  description: 'Wakes an agent behind a URL. It ends its run by calling completeRun, or by its answer.',
  config: httpConfig,
  secretKeys: ['headers.*'],
  staticModels: [],
  start: startByRequest,
  cancel: cancelByRequest,
  timeoutSec: (config) => config.timeoutSec,
  describe: (config) => ({ url: shownUrl(config.url) }),
  test: async (config) => [await checkReachable(config)],
};

/** By HEAD, which wakes nobody: any answer at all shows that somebody listens. */
async function checkReachable({ url, headers }: HttpConfig): Promise<Check> {
  const name = 'service';
  const shown = shownUrl(url);
  const answer = await exchange({ url, method: 'HEAD', headers, body: '', timeoutMs: testTimeoutMs, signal: new AbortController().signal });
  if ('failure' in answer) {
    const { message, remedy } = failureWithoutAnswer(answer, shown);
    return { name, outcome: 'FAILED', message, ...(remedy === undefined ? {} : { hint: remedy }) };
  }
  if (answer.status === 401 || answer.status === 403) {
    return { name, outcome: 'WARNING', message: `${shown} answered ${answer.status}`, hint: 'Check the credentials in headers; the service may also only refuse HEAD.' };
  }
  if (answer.status >= 300 && answer.status < 400) {
    return { name, outcome: 'FAILED', message: `${shown} redirects, which is not followed`, hint: 'Set url to where the service is.' };
  }
  return { name, outcome: 'OK', message: `${shown} answers` };
}
