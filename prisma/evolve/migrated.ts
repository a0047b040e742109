import { copyDatabase, startTestServer } from '../throwaway.ts';
import { databaseTarget, diff, modelTarget, openEngine } from './engine.ts';

/** The SQL that the migrations still lack to reach the Prisma schema; empty when they agree. */
export async function missingMigration(): Promise<string> {
  const server = await startTestServer();
  try {
    const migrated = await copyDatabase(server);
    const engine = await openEngine(migrated.url);
    const sql = await diff(engine, await databaseTarget(), await modelTarget());
    await migrated.drop();
    return sql;
  } finally {
    await server.stop();
  }
}
