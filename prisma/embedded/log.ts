import { copyFile, stat, truncate } from 'node:fs/promises';

const limitBytes = 5 * 1024 * 1024;

/**
 * Keeps Postgres' log within bounds: one older part stays beside it. Postgres goes on writing to the open file, so the
 * file is copied and emptied and not renamed.
 */
export async function rotateLog(file: string, limit: number = limitBytes): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found || found.size <= limit) return;
  await copyFile(file, `${file}.1`);
  await truncate(file);
}
