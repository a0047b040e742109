import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run dev` proxies to an api of its own; a built board is served by that api itself. */
const api = process.env['BOARDROOM_API_URL'] ?? 'http://127.0.0.1:4400';

export default defineConfig({
  root: here('.'),
  plugins: [solid()],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/graphql': { target: api, ws: true } },
  },
});
