import { type Answer, Connection, postRequest } from './connection.ts';
import type { LoadResult, Order, RaceOrder, SteadyOrder } from './orders.ts';
import { Tally } from './tally.ts';

// The load process: takes orders from the bench by IPC, carries out one at a time, and answers with what it measured.
process.on('message', (order: Order) => {
  const done = order.kind === 'steady' ? steady(order) : race(order);
  done.then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

async function steady(order: SteadyOrder): Promise<LoadResult> {
  const connections = await open(order);
  const requests = order.bodies.map((body) => postRequest(order.port, order.path, body, order.tokens?.[0]));
  const tally = new Tally();
  const start = performance.now();
  const end = start + (order.ms ?? Infinity);
  const most = order.count ?? Infinity;
  let sent = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (sent < most) {
        const request = requests[sent % requests.length] as Buffer;
        sent += 1;
        const before = performance.now();
        if (before >= end) return;
        const answer = await connection.ask(request);
        tally.add(performance.now() - before, answer);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();
  return tally.result(seconds);
}

async function race(order: RaceOrder): Promise<LoadResult> {
  const connections = await open(order);
  const tally = new Tally();
  const winners: number[] = [];
  const start = performance.now();
  for (const body of order.bodies) {
    const requests = connections.map((_, i) => postRequest(order.port, order.path, body, order.tokens?.[i]));
    const before = performance.now();
    const answers = await Promise.all(
      connections.map(async (connection, i): Promise<Answer> => {
        const answer = await connection.ask(requests[i] as Buffer);
        tally.add(performance.now() - before, answer);
        return answer;
      }),
    );
    winners.push(answers.filter((answer) => answer.body.includes(order.mark)).length);
  }
  const seconds = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();
  return { ...tally.result(seconds), winners };
}

function open({ port, clients }: Order): Promise<Connection[]> {
  return Promise.all(Array.from({ length: clients }, () => Connection.open(port)));
}
