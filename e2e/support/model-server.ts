import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageEvents, messageBody } from './model-server-message.ts';

/** What the scripted model says in one turn. */
export type ModelTurn = ModelAnswer | ModelFailure;

export interface ModelAnswer {
  thinking?: string;
  text?: string;
  tools?: { name: string; input: Record<string, unknown> }[];
  stopReason?: string;
  usage?: { input?: number; cacheRead?: number; cacheCreation?: number; output?: number };
}

/** The turn is refused on the HTTP level, as the real service does for quota, overload or a bad key. */
export interface ModelFailure {
  failure: { status: number; type: string; message: string; headers?: Record<string, string> };
}

/** A request of the Messages API, as far as scripts look at it. */
export interface ModelRequest {
  model: string;
  stream: boolean;
  system: string;
  messages: ModelMessage[];
  tools: string[];
  headers: Record<string, string>;
}

export interface ModelMessage {
  role: 'user' | 'assistant' | 'system';
  content: string | ModelBlock[];
}

export interface ModelBlock {
  type: string;
  text?: string;
  id?: string;
  name?: string;
  input?: unknown;
  tool_use_id?: string;
  content?: unknown;
  is_error?: boolean;
}

/**
 * Decides from the conversation, not from how often it was asked: a program that retries a turn
 * must get the same turn again.
 */
export type ModelScript = (request: ModelRequest) => ModelTurn | Promise<ModelTurn>;

export interface ModelServer {
  url: string;
  /** Every request for a message with tools, in order; side requests (titles and the like) are left out. */
  conversations: ModelRequest[];
  /** Every path asked for, for tests that care. */
  paths: string[];
  close(): Promise<void>;
}

/** A small server on loopback that speaks the Messages API with scripted answers. */
export async function startModelServer(script: ModelScript, models: { id: string; display_name: string }[] = []): Promise<ModelServer> {
  const conversations: ModelRequest[] = [];
  const paths: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    paths.push(`${request.method} ${path}`);
    const body = await readText(request);
    if (request.method === 'GET' && path === '/v1/models') {
      return json(response, 200, { data: models.map((model) => ({ type: 'model', ...model })), has_more: false });
    }
    if (request.method === 'POST' && path === '/v1/messages/count_tokens') return json(response, 200, { input_tokens: 100 });
    if (request.method === 'POST' && path === '/v1/messages') return message(request, response, body);
    json(response, 404, { type: 'error', error: { type: 'not_found_error', message: `no such path ${path}` } });
  }

  async function message(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const asked = readRequest(body, request);
    const isConversation = asked.tools.length > 0;
    if (isConversation) conversations.push(asked);
    const turn: ModelTurn = isConversation ? await script(asked) : { text: 'ok' };
    if ('failure' in turn) {
      const { status, type, message: text, headers } = turn.failure;
      return json(response, status, { type: 'error', error: { type, message: text }, request_id: 'req_scripted' }, headers);
    }
    if (!asked.stream) return json(response, 200, messageBody(asked.model, turn));
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'request-id': 'req_scripted' });
    for (const event of messageEvents(asked.model, turn)) {
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    response.end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      json(response, 500, { type: 'error', error: { type: 'api_error', message: String(error) } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    conversations,
    paths,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The texts of a message, tool results included, for scripts and assertions. */
export function textOf(message: ModelMessage | undefined): string {
  if (!message) return '';
  if (typeof message.content === 'string') return message.content;
  return message.content.map((block) => block.text ?? (block.content === undefined ? '' : contentText(block.content))).join('\n');
}

/** How many turns the model has taken since the last thing a person (and not a tool) said. */
export function turnsTaken(request: ModelRequest): number {
  let taken = 0;
  for (const message of request.messages) {
    if (message.role === 'assistant') taken += 1;
    if (message.role === 'user' && !isToolResult(message)) taken = 0;
  }
  return taken;
}

function isToolResult(message: ModelMessage): boolean {
  return typeof message.content !== 'string' && message.content.some((block) => block.type === 'tool_result');
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return JSON.stringify(content);
  return content.map((block: ModelBlock) => block.text ?? '').join('\n');
}

function readRequest(body: string, request: IncomingMessage): ModelRequest {
  const raw = JSON.parse(body) as {
    model: string;
    stream?: boolean;
    system?: string | ModelBlock[];
    messages: ModelMessage[];
    tools?: { name: string }[];
  };
  return {
    model: raw.model,
    stream: raw.stream === true,
    system: typeof raw.system === 'string' ? raw.system : contentText(raw.system ?? ''),
    messages: raw.messages,
    tools: (raw.tools ?? []).map((tool) => tool.name),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
