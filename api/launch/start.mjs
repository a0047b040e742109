import { spawn } from 'node:child_process';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { compiled, noUsableNode, usableNode } from './node.mjs';

// `npm start` and, with --dev, `npm run dev`: finds a Node that can run Boardroom, makes what is not made yet, and hands
// over to api/main.ts.

const node = usableNode();
if (!node) {
  console.error(noUsableNode);
  process.exitCode = 1;
} else if (node === process.execPath) {
  // Children inherit the folder.
  process.env['NODE_COMPILE_CACHE'] ??= compiled;
  module.enableCompileCache(process.env['NODE_COMPILE_CACHE']);
  const { build } = await import('./build.mjs');
  const isDev = process.argv[2] === '--dev';
  // Not only for Vite: graphql-js leaves out checks of its own that take a seventh of each request.
  process.env['NODE_ENV'] ??= isDev ? 'development' : 'production';
  if (isDev) process.argv.splice(2, 1);
  if (build(isDev ? 'generate' : '')) await import(isDev ? '../dev.ts' : '../main.ts');
  else process.exitCode = 1;
} else {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // A terminal sends Ctrl-C to both; this one only waits for the other to stop in good order.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
