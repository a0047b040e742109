import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium of this machine: BOARDROOM_CHROMIUM, or where systems usually put it. */
export function findChromium(): string | undefined {
  return [process.env['BOARDROOM_CHROMIUM'], ...USUAL_PLACES].find((path) => path !== undefined && existsSync(path));
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found: install it, or set BOARDROOM_CHROMIUM to its path');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface Sight {
  width: number;
  theme: 'light' | 'dark';
}

const PHONE = 640;

/** How a window of this width presents itself: narrow ones are phones with fingers. */
export function contextFor({ width, theme }: Sight): BrowserContextOptions {
  const phone = width <= PHONE;
  return { viewport: { width, height: phone ? 844 : 900 }, colorScheme: theme, hasTouch: phone, isMobile: phone };
}

/** Everything a page complained of. A board that works complains of nothing. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  return complaints;
}

/** True where the page is wider than its window: something sticks out. */
export async function sticksOut(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
}
