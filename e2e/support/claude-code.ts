import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version whose output the adapter's fixtures hold. */
export const claudeCodeVersion = '2.1.197';

// The package with the program for this platform; the one named claude-code only picks among these when it is installed.
const packageName = `@anthropic-ai/claude-code-${process.platform}-${process.arch}`;
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = join(root, 'node_modules', '.cache', `claude-code-${claudeCodeVersion}`);
const program = join(folder, 'node_modules', packageName, process.platform === 'win32' ? 'claude.exe' : 'claude');

/** Path of the installed program; null where nobody installed it: it is 235 MB, too much for everybody's `npm ci`. */
export function findClaudeCode(): string | null {
  return existsSync(program) ? program : null;
}

/** Installs the program from the npm registry into a cache folder of this checkout, once. */
export function installClaudeCode(): string {
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${packageName}@${claudeCodeVersion}`], { stdio: 'inherit' });
  }
  return program;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(installClaudeCode());
