import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { documents } from './documents.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run dev` proxies to an api of its own; a built board is served by that api itself. */
const api = process.env['BOARDROOM_API_URL'] ?? 'http://127.0.0.1:4400';

export default defineConfig({
  root: here('.'),
  plugins: [documents(here('src')), solid()],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
  },
  // The scan for dependencies does not know what the plugin makes of JSX.
  optimizeDeps: { entries: ['index.html'], rolldownOptions: { transform: { jsx: 'react' } } },
  server: {
    host: '127.0.0.1',
    // The api only listens to pages of its own origin.
    proxy: { '/graphql': { target: api, ws: true, changeOrigin: true, headers: { origin: api } } },
  },
});
