import { LiveBus } from './bus.ts';
import { connectPostgres } from './postgres.ts';
import type { Transport } from './bus.ts';

/** The bus of this process: through Redis where there is one, else through Postgres. */
export async function connectBus(settings: { databaseUrl: string; redisUrl?: string | undefined; name: string }): Promise<LiveBus> {
  const bus = new LiveBus();
  bus.attach(await transportOf(bus, settings));
  return bus;
}

async function transportOf(bus: LiveBus, { databaseUrl, redisUrl, name }: Parameters<typeof connectBus>[0]): Promise<Transport> {
  if (!redisUrl) return connectPostgres(bus, databaseUrl, name);
  const { connectRedis } = await import('./redis.ts');
  return connectRedis(bus, redisUrl);
}
