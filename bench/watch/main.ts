import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { LineReader, type Heard } from './reader.ts';

/** Follow the log of a run over so many WebSocket connections, from its beginning to its end. */
export interface WatchOrder {
  address: string;
  runId: string;
  subscribers: number;
  /** Keep the time of each line; else only count and check them. */
  keepsTimes: boolean;
}

const LOG = 'subscription ($runId: ID!) { runLog(runId: $runId, after: "0") { ... on RunLogChunk { stream text } ... on RunEnded { status } } }';

interface Item {
  runLog: { stream?: string; text?: string; status?: string };
}

// The watching process: people with a run open, apart from what drives the bench and what it measures.
process.on('message', (order: WatchOrder) => {
  Promise.all(Array.from({ length: order.subscribers }, () => watch(order))).then(
    (heard) => process.send?.({ heard }),
    (error: unknown) => process.send?.({ error: String(error instanceof Error ? error.stack : JSON.stringify(error)) }),
  );
});
process.on('disconnect', () => process.exit(0));

function watch({ address, runId, keepsTimes }: WatchOrder): Promise<Heard> {
  const client = createClient({ url: `${address.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  const reader = new LineReader(keepsTimes);
  return new Promise((resolve, reject) => {
    client.subscribe<Item>({ query: LOG, variables: { runId } }, {
      next({ data, errors }) {
        if (errors) reject(new Error(errors[0]?.message));
        if (data?.runLog.stream === 'STDOUT') reader.take(data.runLog.text ?? '');
        if (data?.runLog.status) {
          resolve(reader.heard);
          void client.dispose();
        }
      },
      error: reject,
      complete: () => reject(new Error('the subscription ended before the run')),
    });
  });
}
