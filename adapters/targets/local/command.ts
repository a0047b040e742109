import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

export type CommandLookup = { kind: 'found'; file: string } | { kind: 'notFound' } | { kind: 'notExecutable'; file: string };

/** What a shell would run for this word: a path as it is (from the working folder), a name from the first folder on PATH that has it. */
export function findCommand(command: string, path: string, cwd: string): CommandLookup {
  const candidates = command.includes('/')
    ? [resolve(cwd, command)]
    : path.split(delimiter).map((folder) => join(isAbsolute(folder) ? folder : resolve(cwd, folder), command));
  let unusable: string | null = null;
  for (const file of candidates) {
    const state = executability(file);
    if (state === 'yes') return { kind: 'found', file };
    if (state === 'no') unusable ??= file;
  }
  return unusable === null ? { kind: 'notFound' } : { kind: 'notExecutable', file: unusable };
}

function executability(file: string): 'yes' | 'no' | 'absent' {
  try {
    if (!statSync(file).isFile()) return 'absent';
  } catch {
    return 'absent';
  }
  try {
    accessSync(file, constants.X_OK);
    return 'yes';
  } catch {
    return 'no';
  }
}
