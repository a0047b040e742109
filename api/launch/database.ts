import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rotateLog } from '../../prisma/embedded/log.ts';
import { startEmbedded, type EmbeddedPostgres } from '../../prisma/embedded/server.ts';
import { endWhenStuck } from '../../prisma/embedded/stuck.ts';
import type { Config } from '../config.ts';

const rotateEveryMs = 60_000;

/** The database of this installation, kept running where it is the embedded one. */
export interface KeptDatabase {
  /** Where it is now. */
  readonly url: string;
  created: boolean;
  /** Whether it is started again when it ends, so that waiting for it makes sense. */
  isKept: boolean;
  stop: () => Promise<void>;
}

/** Opens the database that the settings name. `moved` hears of a new address, should a restart need another port. */
export async function keepDatabase(
  config: Config, say: (line: string) => void, moved: (url: string) => void,
): Promise<KeptDatabase> {
  if (config.databaseUrl) return { url: config.databaseUrl, created: false, isKept: false, stop: async () => undefined };
  const log = join(config.home, 'postgres.log');
  const options = { data: join(config.home, 'postgres'), log, cache: join(config.home, 'cache') };
  let server = await startEmbedded(options);
  let stopping = false;
  for (const note of server.notes) say(note);
  const rotation = setInterval(() => void rotateLog(log).catch(() => undefined), rotateEveryMs).unref();

  const watching = new AbortController();
  async function keep(running: EmbeddedPostgres): Promise<void> {
    void endWhenStuck(running.pid, watching.signal);
    await running.ended;
    if (!stopping) starting = startAgain(running);
  }

  async function startAgain(ended: EmbeddedPostgres): Promise<void> {
    for (let pauseMs = 50; !stopping; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      say('Postgres ended; starting it again');
      try {
        server = await startEmbedded({ ...options, port: ended.port });
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
        await sleep(pauseMs);
        continue;
      }
      if (server.url !== ended.url) moved(server.url);
      void keep(server);
      return;
    }
  }
  let starting: Promise<void> | undefined;
  void keep(server);

  return {
    get url() {
      return server.url;
    },
    created: server.created,
    isKept: true,
    stop: async () => {
      stopping = true;
      watching.abort();
      clearInterval(rotation);
      await starting; // else one that is just being started would be left behind
      await server.stop();
    },
  };
}
