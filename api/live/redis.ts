import { Redis } from 'ioredis';
import type { LiveBus, Transport } from './bus.ts';

const CHANNEL = 'boardroom';

/** Pokes over Redis, for installations with many processes: it takes the notifications off Postgres. */
export function connectRedis(bus: LiveBus, url: string): Transport {
  const options = { maxRetriesPerRequest: null, enableOfflineQueue: false, retryStrategy: (attempt: number) => Math.min(attempt * 50, 2_000) };
  const outgoing = new Redis(url, options);
  // It is subscribed below each time. Redis' own way leaves it to nobody where the connection is closed before the answer.
  const incoming = new Redis(url, { ...options, enableOfflineQueue: true, autoResubscribe: false });
  const self = `${process.pid}.${Math.random().toString(36).slice(2, 8)}`;
  outgoing.on('error', () => {});
  incoming.on('error', () => {});
  incoming.on('ready', () => {
    void incoming.subscribe(CHANNEL).then(() => bus.deliverAll(), () => {});
  });
  incoming.on('message', (_channel: string, payload: string) => {
    const [sender, ...topics] = payload.split('\n');
    if (sender !== self) for (const topic of topics) bus.deliver(topic);
  });
  return {
    send: (topics) => void outgoing.publish(CHANNEL, [self, ...topics].join('\n')).catch(() => {}),
    async close() {
      outgoing.disconnect();
      incoming.disconnect();
    },
  };
}
