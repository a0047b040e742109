import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { noUsableNode, usableNode } from './node.mjs';

// `npm run build`, `npm run generate` and the end of every install.

const wish = process.argv[2];
const node = usableNode();
if (!node) {
  console.error(noUsableNode);
} else if (node !== process.execPath) {
  process.exitCode = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
} else {
  const { build } = await import('./build.mjs');
  // After an install a failure is only told: `npm start` and `npm test` try again.
  process.exitCode = build(wish) || wish === 'install' ? 0 : 1;
}
if (!node && wish !== 'install') process.exitCode = 1;
