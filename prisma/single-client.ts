import pg from 'pg';

/**
 * A connection of its own. What breaks it is told by the statement that runs, or the next one: between two of them it is an event,
 * and Node ends a process that leaves an event of that name unheard.
 */
export function singleClient(url: string, application_name?: string): pg.Client {
  const client = new pg.Client({ connectionString: url, ...(application_name ? { application_name } : {}) });
  client.on('error', () => undefined);
  return client;
}
