import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { copyDatabase, startTestServer, type TestDatabase, type TestServer } from './throwaway.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** vitest's global set-up: one server for the whole run, gone when it ends. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...server } = await startTestServer();
  project.provide('testServer', server);
  return stop;
}

/** A fresh, migrated database for one test file, made in some 50 ms; `empty` leaves the migrations out. */
export function testDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  return copyDatabase(inject('testServer'), options);
}
