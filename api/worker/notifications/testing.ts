import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Answer = number | { status: number; headers?: Record<string, string>; body?: string | Buffer; never?: boolean };

/** Somebody who listens for webhooks, and answers what a test says. */
export async function receiver(answer: (received: Received, count: number) => Answer | Promise<Answer> = () => 204) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => (async () => {
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      const said = await answer(one, received.length);
      const { status, headers = {}, body = '', never = false } = typeof said === 'number' ? { status: said } : said;
      if (!never) response.writeHead(status, headers).end(body);
    })().catch(() => response.destroy())); // who asked hears of it: left to nobody it would fail the whole run
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    received, port, url: `http://127.0.0.1:${port}/hook`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface ReceivedMail {
  from: string;
  to: string;
  data: string;
}

/** A mail server that takes what it is given: as much of SMTP as that needs. `refuse` answers a command in its place. */
export async function mailServer(refuse: (command: string) => string | undefined = () => undefined) {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let mail: ReceivedMail = { from: '', to: '', data: '' };
    let isData = false;
    let waiting = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const heard = (line: string) => {
      const refused = refuse(line);
      if (refused) return say(refused);
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'EHLO' || word === 'HELO') return say('250 mail.test');
      if (word === 'MAIL') mail = { from: line.slice(10), to: '', data: '' };
      if (word === 'RCPT') mail.to = line.slice(8);
      if (word === 'DATA') {
        isData = true;
        return say('354 go on');
      }
      if (word === 'QUIT') {
        say('221 bye');
        return socket.end();
      }
      return say('250 ok');
    };
    socket.on('data', (chunk: Buffer) => {
      waiting += chunk.toString();
      for (;;) {
        if (isData) {
          const end = waiting.indexOf('\r\n.\r\n');
          if (end < 0) return;
          mail.data = waiting.slice(0, end);
          waiting = waiting.slice(end + 5);
          isData = false;
          mails.push(mail);
          say('250 queued');
        } else {
          const end = waiting.indexOf('\r\n');
          if (end < 0) return;
          const line = waiting.slice(0, end);
          waiting = waiting.slice(end + 2);
          heard(line);
        }
      }
    });
    say('220 mail.test');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    mails, url: `smtp://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
