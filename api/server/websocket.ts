import type { Server } from 'node:http';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { CloseCode, makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { isGiven } from '../../schema/shared/paging.ts';
import { Refusal } from '../../schema/shared/refusal.ts';
import { mistake, refusalError } from './errors.ts';
import { contextFor, type GraphqlParts, type graphqlServer, withRequestId } from './graphql.ts';
import type { Guard } from './guard.ts';

const PING_MS = 15_000;
/** A reader that lets this much pile up is cut off; it comes back with its cursor and misses nothing. */
const BUFFERED_MAX = 32 * 1024 * 1024;
/** The protocol's own code for a fault of the server makes clients give up for good. */
const TRY_AGAIN_LATER = 1013;

/** graphql-ws on /graphql of the same server. Answers how to close all connections. */
export function serveWebSocket(http: Server, yoga: ReturnType<typeof graphqlServer>, parts: GraphqlParts, guard: Guard): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  const protocol = makeServer<{ authorization?: unknown }>({
    async onSubscribe(ctx, _id, payload) {
      const { authorization } = ctx.connectionParams ?? {};
      return withRequestId(async () => {
        const { schema, execute, subscribe, parse, validate } = yoga.getEnveloped({ params: payload } as never);
        try {
          const context = await contextFor(parts, { authorization: isGiven(authorization) ? String(authorization) : null }, true);
          const document = parse(payload.query);
          const errors = validate(schema, document);
          if (errors.length > 0) return [...errors];
          return { schema, document, operationName: payload.operationName, variableValues: payload.variables, contextValue: context, execute, subscribe } as unknown as ExecutionArgs;
        } catch (error) {
          if (error instanceof Refusal) return [refusalError(error)];
          if (error instanceof GraphQLError) return [mistake(error)];
          throw error;
        }
      });
    },
    execute: (args) => (args as unknown as { execute: (args: unknown) => unknown }).execute(args) as never,
    subscribe: (args) => (args as unknown as { subscribe: (args: unknown) => unknown }).subscribe(args) as never,
  });

  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {}); // a caller that hangs up is no fault of ours
    if (guard(request) !== null || request.url?.split('?')[0] !== '/graphql') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      if (ws.protocol !== 'graphql-transport-ws') {
        ws.close(CloseCode.SubprotocolNotAcceptable, 'graphql-transport-ws is spoken here');
        return;
      }
      let alive = true;
      const ping = setInterval(() => {
        if (!alive) return ws.terminate();
        alive = false;
        ws.ping();
      }, PING_MS);
      ws.on('pong', () => (alive = true));
      ws.on('error', () => {});
      const closed = protocol.opened(
        {
          protocol: ws.protocol,
          send: (data) =>
            new Promise((resolve, reject) => {
              if (ws.bufferedAmount > BUFFERED_MAX) ws.terminate();
              ws.send(data, (error) => (error ? reject(error) : resolve()));
            }),
          close: (code, reason) => ws.close(code, reason),
          onMessage: (listener) =>
            ws.on('message', (data) => {
              listener(String(data)).catch((error: unknown) => {
                parts.log.error({ err: error }, 'a WebSocket message failed');
                ws.close(TRY_AGAIN_LATER, 'something went wrong here');
              });
            }),
        },
        { socket: ws, request },
      );
      ws.once('close', (code, reason) => {
        clearInterval(ping);
        // It ends what the caller followed, which may be waiting for a database that breaks off.
        closed(code, String(reason)).catch((error: unknown) => parts.log.warn({ err: error }, 'a subscription did not end well'));
      });
    });
  });

  return async () => {
    for (const ws of sockets.clients) ws.close(1001, 'Boardroom stops');
    const late = setTimeout(() => {
      for (const ws of sockets.clients) ws.terminate();
    }, 500);
    await new Promise<void>((resolve) => sockets.close(() => resolve()));
    clearTimeout(late);
  };
}
