import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** The Chromium of this machine, if it has one: BOARDROOM_CHROMIUM, or what the PATH leads to. None is downloaded. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env['BOARDROOM_CHROMIUM'], ...onPath, ...elsewhere].find((path) => path !== undefined && existsSync(path));
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found: install it, or set BOARDROOM_CHROMIUM to its path');
  // As root its sandbox does not start.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
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

/** True where the page is wider than its window: something sticks out. */
export async function sticksOut(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
}
