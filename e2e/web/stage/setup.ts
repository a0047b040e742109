import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { startBoardroom } from '../../support/boardroom.ts';
import { findChromium } from '../../support/browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    address: string;
    home: string;
  }
}

/** vitest's global set-up: one Boardroom, empty at first, for all journeys. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!findChromium()) return async () => {};
  const { address, home, stop } = await startBoardroom();
  project.provide('address', address);
  project.provide('home', home);
  return async () => {
    await stop();
    await rm(home, { recursive: true, force: true });
  };
}
