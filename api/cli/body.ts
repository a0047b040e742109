import { readFile } from 'node:fs/promises';
import { UsageError } from './failure.ts';

/** Text from the argument, from --file, or from standard input where either is `-`. */
export async function readBody(argument: string | undefined, file: string | undefined): Promise<string | undefined> {
  if (argument !== undefined && file !== undefined) throw new UsageError('give the text or --file, not both');
  if (argument === '-' || file === '-') return readInput();
  if (file === undefined) return argument;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readInput(): Promise<string> {
  if (process.stdin.isTTY) console.error('Reading from the terminal; end with Ctrl-D.');
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
