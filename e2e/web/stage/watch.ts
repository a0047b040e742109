import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** What went wrong on a page behind what it shows, and how often it was loaded anew. */
export interface Watch {
  problems: () => string[];
  /** Takes what has come up so far as expected: the network was cut on purpose. */
  forgive: () => void;
  /** Documents loaded; one, as long as nothing reloads. */
  loads: () => number;
  /** Settles once nothing has been asked of the server for a moment. */
  quiet: () => Promise<void>;
}

const QUIET_MS = 120;

/** Notes console errors, exceptions, failed requests and loads from now on. */
export function watch(page: Page): Watch {
  let problems: string[] = [];
  let loads = 0;
  page.on('domcontentloaded', () => (loads += 1));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    // The page changed its mind: somebody left before the answer came.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`${request.failure()?.errorText}: ${request.url()}`);
  });
  let asking = 0;
  let last = 0;
  const answered = () => {
    asking -= 1;
    last = performance.now();
  };
  page.on('request', () => (asking += 1));
  page.on('requestfinished', answered);
  page.on('requestfailed', answered);
  const quiet = async () => {
    while (asking > 0 || performance.now() - last < QUIET_MS) await sleep(20);
  };
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return { problems: () => problems, forgive: () => (problems = []), loads: () => loads, quiet };
}
