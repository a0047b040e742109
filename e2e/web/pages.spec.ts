import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, inject } from 'vitest';
import { contextFor, sticksOut } from '../support/browser.ts';
import { barriers, cutOff, hiddenFocus } from './stage/access.ts';
import { journey } from './stage/journey.ts';
import { buildTown, type Town } from './stage/town.ts';
import { watch, type Watch } from './stage/watch.ts';

const TABLET = 768;
let town: Town;

beforeAll(async () => {
  const address = inject('address');
  if (address) town = await buildTown(address);
});

const walks: [string, BrowserContextOptions][] = [
  ['1440 pixels', contextFor({ width: 1440, theme: 'light' })],
  ['390 pixels', contextFor({ width: 390, theme: 'light' })],
];

for (const [width, options] of walks) {
  journey(`every page at ${width}, light and dark: nothing sticks out, fails or keeps anybody away`, { timeout: 900_000 }, async ({ browser, address }) => {
    const context = await browser.newContext({ ...options, baseURL: address, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const seen = watch(page);
    const found: string[] = [];
    for (const path of town.paths) {
      for (const problem of await look(page, seen, path)) found.push(`${path}: ${problem}`);
    }
    await context.close();
    expect(found).toEqual([]);
  });
}

journey('what Tab reaches shows that it is reached', { timeout: 600_000 }, async ({ page, seen }) => {
  const found: string[] = [];
  // One of each kind, the frame around them once: the link that skips it is tried on the way.
  const kinds = town.paths.filter((path) => !/tab=|text=|kind=|view=(issues|wakeups|keys|about|events|invocation|details)/.test(path));
  for (const path of kinds) {
    await arrive(page, seen, path);
    for (const problem of await hiddenFocus(page, path !== '/TOWN')) found.push(`${path}: ${problem}`);
  }
  expect(found).toEqual([]);
});

async function arrive(page: Page, seen: Watch, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading').first().waitFor();
  await seen.quiet();
  // The gallery shows what busy looks like, for ever.
  if (path !== '/design') await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

async function look(page: Page, seen: Watch, path: string): Promise<string[]> {
  seen.forgive();
  await page.emulateMedia({ colorScheme: 'light' });
  await arrive(page, seen, path);
  const found = [...(await overflows(page)), ...(await barriers(page))];
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await barriers(page, ['color-contrast'])).map((barrier) => `dark: ${barrier}`));
  const window = page.viewportSize();
  if (window && window.width > TABLET) {
    await page.setViewportSize({ ...window, width: TABLET });
    found.push(...(await overflows(page)).map((problem) => `at ${TABLET} pixels: ${problem}`));
    await page.setViewportSize(window);
  }
  return [...found, ...seen.problems()];
}

async function overflows(page: Page): Promise<string[]> {
  return [...((await sticksOut(page)) ? ['is wider than its window'] : []), ...(await cutOff(page))];
}
