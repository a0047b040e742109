import type pg from 'pg';

const LEVEL = 'SET TRANSACTION ISOLATION LEVEL ';
const NOTHING: pg.QueryResult = { command: 'BEGIN', rowCount: 0, oid: 0, fields: [], rows: [] };

/**
 * Makes transactions on a connection begin with their first statement. Prisma sends BEGIN, waits, sends the isolation level and
 * waits again; held back here they become one BEGIN that travels with the first statement: two round trips less, of seven that
 * filing an issue takes. A transaction sees the database as its first statement finds it, so nothing begins later than before.
 * For connections in pipeline mode. BEGIN itself fails only where the connection has, and the statement with it.
 */
export function beginLate(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (...all: unknown[]) => Promise<pg.QueryResult>;
  const { stream } = client.connection;
  let held: string | null = null;

  const query = (...all: unknown[]): Promise<pg.QueryResult> => {
    const text = textOf(all[0]);
    if (text === 'BEGIN') {
      held = text;
      return Promise.resolve(NOTHING);
    }
    if (held === null) return send(...all);
    if (text.startsWith(LEVEL)) {
      held = `BEGIN ISOLATION LEVEL ${text.slice(LEVEL.length)}`;
      return Promise.resolve(NOTHING);
    }
    const begin = held;
    held = null;
    if (text === 'COMMIT' || text === 'ROLLBACK') return Promise.resolve(NOTHING); // nothing was done
    stream.cork();
    const begun = send(begin);
    const answer = send(...all);
    stream.uncork();
    answer.catch(() => {}); // told below, or by the reason why it could not begin
    return begun.then(() => answer);
  };
  (client as { query: unknown }).query = query;
}

function textOf(statement: unknown): string {
  return typeof statement === 'string' ? statement : ((statement as { text?: string }).text ?? '');
}
