import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasRead, hasWritten } from './meter.mjs';
import { quote, say, shell } from './narrate.mjs';
import { run } from './repository.mjs';

/** A file of the finished product, as this agent would write it. */
export function product(name) {
  return readFile(new URL(`../product/${name}`, import.meta.url), 'utf8');
}

/** Writes a file into the workspace while people watch. */
export async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await say(`Writing ${path}`);
  await quote(text, 55);
  hasWritten(text);
  await writeFile(path, text);
}

/** Runs a program of this company's own with the Node that runs the agent, and shows what it prints. */
export async function runNode(...args) {
  await shell(`node ${args.join(' ')}`);
  hasWritten(args.join(' '));
  const printed = await run(process.execPath, ...args);
  hasRead(printed);
  await quote(printed);
  return printed;
}
