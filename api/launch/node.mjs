import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Plain JavaScript, as everything here that may be run by a Node too old for the rest.

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where Node keeps compiled code between starts. */
export const compiled = `${root}node_modules/.cache/boardroom/compiled`;

const oldest = 24;

/** The Node to run Boardroom with: this one if it will do, else the one that `npm ci` installed. */
export function usableNode() {
  if (majorOf(process.version) >= oldest) return process.execPath;
  const installed = `${root}node_modules/.bin/node`;
  if (existsSync(installed)) {
    const { stdout } = spawnSync(installed, ['--version'], { encoding: 'utf8' });
    if (majorOf(stdout ?? '') >= oldest) return installed;
  }
  return undefined;
}

/** The one line that a person reads whose Node will not do. */
export const noUsableNode =
  `Boardroom needs Node ${oldest} or newer and this is ${process.version}: ` +
  `run npm ci, which installs one on Linux (x64), or install Node ${oldest} yourself.`;

function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10) || 0;
}
