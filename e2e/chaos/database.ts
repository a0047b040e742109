import { setTimeout as sleep } from 'node:timers/promises';
import { singleClient } from '../../prisma/single-client.ts';
import type { Installation } from './installation.ts';

/** Longer than Postgres takes to recover on a busy machine. */
const ATTEMPTS = 400;

/** Looks into the database past the API, so that what the API says can be compared with what is so. */
export async function read<Row>(installation: Installation, text: string, values: unknown[] = []): Promise<Row[]> {
  for (let attempt = 1; ; attempt += 1) {
    const url = await installation.databaseUrl();
    if (url !== null) {
      const client = singleClient(url, 'chaos');
      try {
        await client.connect();
        return (await client.query(text, values)).rows as Row[];
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      } finally {
        await client.end().catch(() => undefined);
      }
    } else if (attempt === ATTEMPTS) throw new Error('there is no database');
    await sleep(100);
  }
}
