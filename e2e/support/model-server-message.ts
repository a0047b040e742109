import { randomBytes } from 'node:crypto';
import type { ModelAnswer } from './model-server.ts';

type Event = { type: string } & Record<string, unknown>;

/** The stream of server-sent events by which the Messages API tells one answer. */
export function* messageEvents(model: string, answer: ModelAnswer): Generator<Event> {
  yield {
    type: 'message_start',
    message: { ...envelope(model), content: [], stop_reason: null, stop_sequence: null, usage: { ...usage(answer), output_tokens: 1 } },
  };
  for (const [index, block] of blocks(answer).entries()) {
    yield { type: 'content_block_start', index, content_block: empty(block) };
    for (const delta of deltas(block)) yield { type: 'content_block_delta', index, delta };
    yield { type: 'content_block_stop', index };
  }
  yield {
    type: 'message_delta',
    delta: { stop_reason: stopReason(answer), stop_sequence: null },
    usage: { output_tokens: usage(answer).output_tokens },
  };
  yield { type: 'message_stop' };
}

/** The same answer in one piece, for requests that do not stream. */
export function messageBody(model: string, answer: ModelAnswer): Event {
  return { ...envelope(model), content: blocks(answer), stop_reason: stopReason(answer), stop_sequence: null, usage: usage(answer) };
}

function envelope(model: string): Event {
  return { id: `msg_${randomBytes(12).toString('hex')}`, type: 'message', role: 'assistant', model };
}

type Block =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: Record<string, unknown> };

function blocks(answer: ModelAnswer): Block[] {
  const list: Block[] = [];
  if (answer.thinking !== undefined) list.push({ type: 'thinking', thinking: answer.thinking, signature: 'c2NyaXB0ZWQ=' });
  if (answer.text !== undefined) list.push({ type: 'text', text: answer.text });
  for (const { name, input } of answer.tools ?? []) {
    list.push({ type: 'tool_use', id: `toolu_${randomBytes(12).toString('hex')}`, name, input });
  }
  return list;
}

function empty(block: Block): Block {
  switch (block.type) {
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' };
    case 'text':
      return { type: 'text', text: '' };
    case 'tool_use':
      return { ...block, input: {} };
  }
}

function* deltas(block: Block): Generator<Event> {
  switch (block.type) {
    case 'thinking':
      yield { type: 'thinking_delta', thinking: block.thinking };
      yield { type: 'signature_delta', signature: block.signature };
      return;
    case 'text':
      for (const text of pieces(block.text)) yield { type: 'text_delta', text };
      return;
    case 'tool_use':
      for (const partial_json of pieces(JSON.stringify(block.input))) yield { type: 'input_json_delta', partial_json };
  }
}

/** In small pieces, as a real model streams. */
function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 40) yield text.slice(at, at + 40);
}

function stopReason(answer: ModelAnswer): string {
  return answer.stopReason ?? (answer.tools?.length ? 'tool_use' : 'end_turn');
}

function usage(answer: ModelAnswer) {
  return {
    input_tokens: answer.usage?.input ?? 10,
    cache_creation_input_tokens: answer.usage?.cacheCreation ?? 0,
    cache_read_input_tokens: answer.usage?.cacheRead ?? 0,
    output_tokens: answer.usage?.output ?? 20,
  };
}
