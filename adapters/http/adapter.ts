import type { Check, Probe, RequestAdapter } from '../contract.ts';
import type { HttpConfig } from './config.ts';
import { httpConfig } from './config.ts';
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
  test: async (config, probe) => [await checkReachable(config, probe)],
};

/** By HEAD, which wakes nobody: any answer at all shows that somebody listens. */
async function checkReachable({ url, headers }: HttpConfig, probe: Probe): Promise<Check> {
  const name = 'service';
  const shown = shownUrl(url);
  try {
    const { status } = await probe.fetch(url, { method: 'HEAD', headers, redirect: 'manual', signal: AbortSignal.timeout(testTimeoutMs) });
    if (status === 401 || status === 403) {
      return { name, outcome: 'WARNING', message: `${shown} answered ${status}`, hint: 'Check the credentials in headers; the service may also only refuse HEAD.' };
    }
    if (status >= 300 && status < 400) {
      return { name, outcome: 'FAILED', message: `${shown} redirects, which is not followed`, hint: 'Set url to where the service is.' };
    }
    return { name, outcome: 'OK', message: `${shown} answers` };
  } catch (error) {
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    const said = cause?.code || cause?.message || (error as Error).message;
    return { name, outcome: 'FAILED', message: `${shown} does not answer: ${said}`, hint: 'Start the service, or correct url.' };
  }
}
