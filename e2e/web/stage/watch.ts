import type { Page } from 'playwright-core';

/** What went wrong on a page behind what it shows, and how often it was loaded anew. */
export interface Watch {
  problems: () => string[];
  /** Takes what has come up so far as expected: the network was cut on purpose. */
  forgive: () => void;
  /** Documents loaded; one, as long as nothing reloads. */
  loads: () => number;
}

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
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return { problems: () => problems, forgive: () => (problems = []), loads: () => loads };
}
