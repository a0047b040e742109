import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

const slow = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      {
        // The file that Node itself takes, as Pothos and yoga do: by its `module` entry graphql would be there twice.
        resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
        test: {
          name: 'node',
          environment: 'node',
          include: ['{api,schema,prisma,adapters,plugins-runtime,e2e,bench}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/generated/**', 'e2e/journeys/**', 'e2e/chaos/**'],
          globalSetup: ['prisma/testing.ts'],
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
