import pg from 'pg';
import type { LiveBus, Transport } from './bus.ts';

const CHANNEL = 'boardroom';
/** NOTIFY takes less than 8,000 bytes. */
const PAYLOAD_MAX = 7_900;
const RECONNECT_MS = [50, 200, 1_000, 2_000];

/** Pokes over LISTEN and NOTIFY, on one connection of its own and always outside of transactions. */
export function connectPostgres(bus: LiveBus, url: string, name: string): Transport {
  let client: pg.Client | null = null;
  let closed = false;
  let attempt = 0;
  let sending = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const self = `${process.pid}.${Math.random().toString(36).slice(2, 8)}`;

  const again = () => {
    client = null;
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, RECONNECT_MS[Math.min(attempt, RECONNECT_MS.length - 1)]);
    attempt += 1;
  };

  const connect = async () => {
    const fresh = new pg.Client({ connectionString: url, application_name: name, keepAlive: true, pipeline: true });
    fresh.on('error', () => {});
    fresh.on('notification', ({ payload = '' }) => {
      const [sender, ...topics] = payload.split('\n');
      if (sender !== self) for (const topic of topics) bus.deliver(topic);
    });
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CHANNEL}`);
    } catch {
      await fresh.end().catch(() => {});
      return again();
    }
    if (closed) return void fresh.end().catch(() => {});
    fresh.on('end', again);
    client = fresh;
    attempt = 0;
    bus.deliverAll();
  };
  void connect();

  return {
    send(topics) {
      // One after the other: a client of pg takes its next statement when the last one is done.
      for (const payload of payloads(self, topics)) {
        sending = sending.then(() => client?.query(`SELECT pg_notify('${CHANNEL}', $1)`, [payload])).then(() => {}, () => {});
      }
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}

function payloads(sender: string, topics: string[]): string[] {
  const made: string[] = [];
  let payload = sender;
  for (const topic of topics) {
    if (payload.length + topic.length + 1 > PAYLOAD_MAX) {
      made.push(payload);
      payload = sender;
    }
    payload += `\n${topic}`;
  }
  return [...made, payload];
}
