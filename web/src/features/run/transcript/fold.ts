import { field, toolOf, type Entry, type Purpose } from './entry.ts';

export interface Call {
  readonly id: number;
  readonly at: string;
  readonly tool: string;
  readonly verb: string;
  readonly purpose: Purpose;
  readonly argument: string;
  readonly input: unknown;
  /** What came back; null while it is still at work. */
  readonly result: Entry | null;
  readonly state: 'running' | 'done' | 'failed' | 'unanswered';
  readonly ms: number | null;
}

export type Block =
  | { readonly kind: 'speech' | 'thinking' | 'prompt' | 'note' | 'error'; readonly id: number; readonly at: string; readonly text: string; readonly inner: boolean }
  | { readonly kind: 'call'; readonly id: number; readonly at: string; readonly call: Call; readonly inner: boolean }
  /** Reads and searches one after another, told as one. */
  | { readonly kind: 'looks'; readonly id: number; readonly at: string; readonly calls: readonly Call[]; readonly inner: boolean };

/**
 * Turns entries into what is shown: a call and its result are one block, neighbouring looks are one, the closing result is
 * left out where it repeats what was just said. `live` is whether a call without a result may still get one.
 */
export function fold(entries: readonly Entry[], live: boolean): Block[] {
  const results = new Map<string, Entry>();
  for (const entry of entries) if (entry.kind === 'TOOL_RESULT' && entry.toolCallId) results.set(entry.toolCallId, entry);
  const called = new Set(entries.flatMap((entry) => (entry.kind === 'TOOL_CALL' && entry.toolCallId ? [entry.toolCallId] : [])));

  const blocks: Block[] = [];
  let speech = '';
  for (const entry of entries) {
    const at = { id: entry.seq, at: entry.at, inner: field(entry.data, 'parentToolCallId') !== undefined };
    switch (entry.kind) {
      case 'ASSISTANT':
        speech = entry.text;
        blocks.push({ kind: 'speech', text: entry.text, ...at });
        break;
      case 'THINKING':
        blocks.push({ kind: 'thinking', text: entry.text, ...at });
        break;
      case 'USER':
        blocks.push({ kind: 'prompt', text: entry.text, ...at });
        break;
      case 'INIT':
      case 'SYSTEM':
        blocks.push({ kind: entry.isError ? 'error' : 'note', text: entry.text, ...at });
        break;
      case 'ERROR':
        blocks.push({ kind: 'error', text: entry.text, ...at });
        break;
      case 'RESULT':
        if (entry.isError) blocks.push({ kind: 'error', text: entry.text, ...at });
        else blocks.push({ kind: 'note', text: closing(entry, speech), ...at });
        break;
      case 'TOOL_RESULT':
        // One whose call was never seen stands for itself.
        if (!entry.toolCallId || !called.has(entry.toolCallId)) blocks.push({ kind: entry.isError ? 'error' : 'note', text: entry.text, ...at });
        break;
      case 'TOOL_CALL':
        add(blocks, callOf(entry, results.get(entry.toolCallId ?? '') ?? null, live), at);
        break;
    }
  }
  return blocks;
}

function add(blocks: Block[], call: Call, at: { id: number; at: string; inner: boolean }): void {
  const last = blocks.at(-1);
  const mayMerge = call.purpose === 'look' && call.state === 'done';
  if (mayMerge && last?.kind === 'looks' && last.inner === at.inner) {
    blocks[blocks.length - 1] = { ...last, calls: [...last.calls, call] };
  } else if (mayMerge && last?.kind === 'call' && last.inner === at.inner && last.call.purpose === 'look' && last.call.state === 'done') {
    blocks[blocks.length - 1] = { kind: 'looks', id: last.id, at: last.at, inner: last.inner, calls: [last.call, call] };
  } else blocks.push({ kind: 'call', call, ...at });
}

function callOf(entry: Entry, result: Entry | null, live: boolean): Call {
  const { purpose, verb } = toolOf(entry.tool);
  return {
    id: entry.seq,
    at: entry.at,
    tool: entry.tool ?? '',
    verb,
    purpose,
    argument: entry.text,
    input: field(entry.data, 'input'),
    result,
    state: result ? (result.isError ? 'failed' : 'done') : live ? 'running' : 'unanswered',
    ms: result ? Date.parse(result.at) - Date.parse(entry.at) : null,
  };
}

function closing(entry: Entry, speech: string): string {
  const turns = field(entry.data, 'turns');
  const after = typeof turns === 'number' ? `Finished after ${turns} ${turns === 1 ? 'turn' : 'turns'}` : 'Finished';
  return entry.text && entry.text.trim() !== speech.trim() ? `${after}: ${entry.text}` : after;
}

/** "9 reads, 4 searches". */
export function looksInWords(calls: readonly Call[]): string {
  const counts = new Map<string, number>();
  const names: Record<string, [string, string]> = { Read: ['read', 'reads'], Search: ['search', 'searches'], List: ['listing', 'listings'], Fetch: ['page', 'pages'] };
  for (const { verb } of calls) counts.set(verb, (counts.get(verb) ?? 0) + 1);
  return [...counts].map(([verb, count]) => `${count} ${(names[verb] ?? ['other look', 'other looks'])[count === 1 ? 0 : 1]}`).join(', ');
}
