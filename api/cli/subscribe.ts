import { apiError, headers, unreachable } from './ask.ts';
import type { Answer } from './ask.ts';
import { ApiError } from './failure.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import type { Settings } from './settings.ts';

/** The items of a subscription by server-sent events. A lost connection is raised as UNREACHABLE: the caller knows its cursor. */
export async function* subscribe<R, V>(
  settings: Settings,
  document: TypedDocumentString<R, V>,
  variables: NoInfer<V>,
): AsyncGenerator<R> {
  for await (const answer of subscribeRaw(settings, { query: document.toString(), variables })) yield answer.data as R;
}

/** The same for a request that was typed by hand. */
export async function* subscribeRaw(settings: Settings, body: object): AsyncGenerator<Answer> {
  try {
    const response = await fetch(`${settings.apiUrl}/graphql`, {
      method: 'POST',
      headers: headers(settings, 'text/event-stream'),
      body: JSON.stringify(body),
    });
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
      throw await refusal(response);
    }
    for await (const { event, data } of events(response)) {
      if (event === 'complete') return;
      if (event !== 'next') continue;
      const answer = JSON.parse(data) as Answer;
      if (answer.errors?.[0]) throw apiError(answer.errors[0]);
      yield answer;
    }
  } catch (error) {
    throw unreachable(settings, error);
  }
  throw new ApiError('UNREACHABLE', 'the stream was cut off');
}

async function refusal(response: Response): Promise<ApiError> {
  const answer = (await response.json()) as Answer;
  return answer.errors?.[0]
    ? apiError(answer.errors[0])
    : new ApiError('UNREACHABLE', `the address answered ${response.status}`);
}

interface StreamEvent {
  event: string;
  data: string;
}

/** Cuts the body into events at blank lines; comment lines are the server's heartbeat. */
async function* events(response: Response): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of response.body ?? []) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield readEvent(block);
  }
}

function readEvent(block: string): StreamEvent {
  const found: StreamEvent = { event: 'message', data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) found.event = line.slice(6).trim();
    if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  return { ...found, data: data.join('\n') };
}
