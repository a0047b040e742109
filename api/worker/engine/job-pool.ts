import pg from 'pg';
import { sessionSettings } from '../../../prisma/session.ts';

/** The connections of the job runner, which asks only for a pool. */
export function jobPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString, max: 2, application_name: 'boardroom-jobs', keepAlive: true,
    // Waited for: a connection goes out when it is as we take it to be. One that broke meanwhile is the runner's to hear of.
    onConnect: async (client) => void (await client.query(sessionSettings())),
  });
  pool.on('error', () => undefined); // the runner notices by itself
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
