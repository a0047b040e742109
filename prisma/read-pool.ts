import type pg from 'pg';

interface Waiting {
  statement: pg.QueryConfig;
  resolve: (rows: unknown[]) => void;
  reject: (error: unknown) => void;
}

/** One slow statement keeps those behind it waiting: a bound on how many those can be. */
const TOGETHER_MAX = 12;

/**
 * Connections for plain reads. Statements asked for in the same turn of the event loop (what the batches of one request have
 * gathered) travel together: one connection, one write to its socket, one awakening of its backend. On a busy machine waking
 * costs more than most statements do. Each is still a transaction of its own, and fails alone.
 */
export class ReadPool {
  readonly #pool: pg.Pool;
  #waiting: Waiting[] = [];

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  query(statement: pg.QueryConfig): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statement, resolve, reject });
      // After the ticks that are queued already: other batches of the same request are about to ask too.
      if (this.#waiting.length === 1) process.nextTick(() => this.#send());
    });
  }

  #send(): void {
    const all = this.#waiting;
    this.#waiting = [];
    for (let i = 0; i < all.length; i += TOGETHER_MAX) void this.#sendTogether(all.slice(i, i + TOGETHER_MAX));
  }

  async #sendTogether(batch: Waiting[]): Promise<void> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    const { stream } = client.connection;
    stream.cork();
    const sent = batch.map(({ statement, resolve, reject }) => client.query(statement).then(({ rows }) => resolve(rows), reject));
    stream.uncork();
    await Promise.all(sent);
    // One whose connection broke is not taken back: the pool looks.
    client.release();
  }
}
