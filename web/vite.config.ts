import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';
import { documents } from './documents.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run dev` proxies to an api of its own; a built board is served by that api itself. */
const api = process.env['BOARDROOM_API_URL'] ?? 'http://127.0.0.1:4400';

/** The Solid plugin keeps JSX as it is, which the scan for dependencies of a fresh checkout cannot read. */
const scannableJsx: Plugin = {
  name: 'scannable-jsx',
  enforce: 'post',
  config: () => ({ optimizeDeps: { rolldownOptions: { transform: { jsx: 'react' } } } }),
};

export default defineConfig({
  root: here('.'),
  plugins: [documents(here('src')), solid(), scannableJsx],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
  },
  optimizeDeps: { entries: ['index.html'] },
  server: {
    host: '127.0.0.1',
    // The api only listens to pages of its own origin.
    proxy: { '/graphql': { target: api, ws: true, changeOrigin: true, headers: { origin: api } } },
  },
});
