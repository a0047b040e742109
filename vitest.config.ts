import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

/** Bounds for a machine that is busy with other work: tests wait for conditions and end as soon as these hold. */
const slow = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000 } } };
/** The file that Node itself takes, as Pothos and yoga do: by its `module` entry graphql would be there twice. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{api,prisma,adapters,plugins-runtime,e2e,bench}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/generated/**', 'e2e/journeys/**', 'e2e/chaos/**'],
          globalSetup: ['prisma/testing.ts'],
          ...slow,
        },
      },
      {
        resolve,
        test: {
          name: 'schema',
          environment: 'node',
          include: ['schema/**/*.test.ts'],
          globalSetup: ['prisma/testing.ts'],
          setupFiles: ['schema/testing/clock.ts'],
          // Each file has a database of its own. The modules they share: loading them anew for each took half of all the time.
          isolate: false,
          ...slow,
        },
      },
      {
        plugins: [solid()],
        test: {
          name: 'web',
          environment: 'jsdom',
          include: ['web/**/*.test.{ts,tsx}'],
          ...slow,
        },
      },
    ],
  },
});
