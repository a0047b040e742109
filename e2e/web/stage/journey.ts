import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { findChromium, openBrowser } from '../../support/browser.ts';
import { watch, type Watch } from './watch.ts';

interface Traveller {
  browser: Browser;
  address: string;
  context: BrowserContext;
  page: Page;
  seen: Watch;
}

const withBrowser = test.extend<Traveller>({
  browser: [
    async ({}, use) => {
      const browser = await openBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  address: async ({}, use) => {
    await use(inject('address'));
  },
  context: async ({ browser, address }, use) => {
    const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(30_000);
    await use(context);
    await context.close();
  },
  page: async ({ context, task }, use) => {
    const page = await context.newPage();
    await use(page);
    if (task.result?.state === 'fail') await keepPicture(page, task.name);
  },
  // Asked for by every journey, so that none passes over an error that nobody looked at.
  seen: [
    async ({ page }, use) => {
      const seen = watch(page);
      await use(seen);
      expect(seen.problems(), 'errors behind the page').toEqual([]);
    },
    { auto: true },
  ],
});

async function keepPicture(page: Page, journeyName: string): Promise<void> {
  const folder = join(tmpdir(), 'boardroom-journeys');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${journeyName.replaceAll(/\W+/g, '-')}.png`);
  await page.screenshot({ path });
  console.log(`Seen at the end of "${journeyName}": ${path}`);
}

/** A test with a page in a real browser; skipped where there is none. At its end nothing may have gone wrong unseen. */
export const journey = findChromium() ? withBrowser : withBrowser.skip;
