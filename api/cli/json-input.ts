import { readBody } from './body.ts';
import { UsageError } from './failure.ts';

/** A JSON value from the argument, from a file, or from standard input. */
export async function readJson(argument: string | undefined, file: string | undefined, what: string): Promise<unknown> {
  const text = await readBody(argument, file);
  if (!text?.trim()) throw new UsageError(`give ${what} as JSON: as an argument, with --file PATH, or - for standard input`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`that is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** As readJson, for an object. */
export async function readObject(argument: string | undefined, file: string | undefined, what: string): Promise<Record<string, unknown>> {
  const value = await readJson(argument, file, what);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UsageError(`${what} must be a JSON object`);
  return value as Record<string, unknown>;
}
