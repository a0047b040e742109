import { join } from 'node:path';
import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';
import { FileStore } from './store.ts';

/**
 * The files of one database, in a folder of their own below the home. A home may serve several databases, one after the other
 * (DATABASE_URL tried and left again), and the sweep of one must not take what only another knows. The folder is named by when the
 * database was made: that stays as it is in dumps, and when keys are changed.
 */
export async function filesOf(db: Database, home: string): Promise<FileStore> {
  const [instance] = await db.query<{ createdAt: Date }>(sql`SELECT created_at AS "createdAt" FROM instance WHERE id = 1`);
  if (!instance) throw new Error('the database has no instance row: its migrations have not run');
  return new FileStore(join(home, 'files', instance.createdAt.toISOString().replace(/\D/g, '')));
}
