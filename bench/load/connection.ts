import { connect, type Socket } from 'node:net';

export interface Answer {
  status: number;
  body: Buffer;
}

/**
 * One keep-alive HTTP connection that asks one thing at a time. Client, server and database share the same cores, so a client
 * that does less than a general one measures more of the server and less of itself.
 */
export class Connection {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #received = 0;
  #head: { status: number; start: number; length: number } | null = null;
  #settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    const fail = (error?: Error) => {
      this.#settle?.reject(error ?? new Error('the server closed the connection'));
      this.#settle = null;
    };
    socket.on('error', fail);
    socket.on('close', () => fail());
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#settle = null;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    this.#head ??= this.#readHead();
    if (!this.#head || this.#received < this.#head.start + this.#head.length) return;
    const { status, start, length } = this.#head;
    const whole = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#received = 0;
    this.#head = null;
    const settle = this.#settle;
    this.#settle = null;
    settle?.resolve({ status, body: whole.subarray(start, start + length) });
  }

  #readHead(): { status: number; start: number; length: number } | null {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
    const bytes = this.#chunks[0] as Buffer;
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const head = bytes.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) throw new Error(`an answer without Content-Length: ${head}`);
    return { status: Number(head.slice(9, 12)), start: end + 4, length: Number(length) };
  }
}

/** The bytes of one request. */
export function postRequest(port: number, path: string, body: string, token?: string): Buffer {
  const bytes = Buffer.from(body);
  const authorization = token ? `authorization: Bearer ${token}\r\n` : '';
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n${authorization}content-length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}
