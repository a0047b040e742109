import { boundedJson, boundedText, elidedMedia } from '../bounded.ts';
import type { Json, TranscriptEntry } from '../contract.ts';
import { dateOfSeconds } from './reset-time.ts';
import type { Block, StreamLine } from './stream.ts';

/** What one line of the stream means to a person who watches the run; unknown kinds of lines mean nothing. */
export function entriesOf(line: StreamLine): readonly TranscriptEntry[] {
  switch (line.type) {
    case 'system':
      return systemEntries(line);
    case 'assistant':
      return blocksOf(line).flatMap((block) => assistantEntry(line, block) ?? []);
    case 'user':
      return blocksOf(line).flatMap((block) => userEntry(line, block) ?? []);
    case 'rate_limit_event':
      return rateLimitEntries(line);
    case 'result':
      return [resultEntry(line)];
    default:
      return [];
  }
}

function systemEntries(line: StreamLine): readonly TranscriptEntry[] {
  switch (line.subtype) {
    case 'init':
      return [{
        kind: 'INIT',
        text: `Claude Code ${line.claude_code_version ?? ''} with ${line.model ?? 'an unknown model'}`,
        data: boundedJson({
          sessionId: line.session_id ?? null, model: line.model ?? null, cwd: line.cwd ?? null,
          permissionMode: line.permissionMode ?? null, apiKeySource: line.apiKeySource ?? null,
          mcpServers: line.mcp_servers ?? [],
        }),
      }];
    case 'api_retry': {
      const cause = [line.error_status, line.error].filter((part) => part !== undefined).join(' ');
      const seconds = Math.round((line.retry_delay_ms ?? 0) / 100) / 10;
      return [{ kind: 'SYSTEM', text: `The model did not answer (${cause}); attempt ${line.attempt ?? '?'} of ${line.max_retries ?? '?'} again in ${seconds} s` }];
    }
    case 'compact_boundary':
      return [{ kind: 'SYSTEM', text: 'The conversation was compacted' }];
    default:
      return [];
  }
}

function rateLimitEntries({ rate_limit_info: info }: StreamLine): readonly TranscriptEntry[] {
  if (info?.status === undefined || info.status === 'allowed') return [];
  const resetsAt = dateOfSeconds(info.resetsAt);
  const reset = resetsAt === null ? '' : `, resets at ${resetsAt.toISOString()}`;
  return [{ kind: 'SYSTEM', text: `Usage limit ${info.rateLimitType ?? ''}: ${info.status}${reset}` }];
}

function assistantEntry(line: StreamLine, block: Block): TranscriptEntry | null {
  switch (block.type) {
    case 'text':
      if (!block.text) return null;
      return line.error === undefined
        ? { kind: 'ASSISTANT', text: boundedText(block.text), ...origin(line) }
        : { kind: 'ERROR', text: boundedText(block.text), isError: true, ...origin(line, { error: line.error }) };
    case 'thinking':
      return block.thinking ? { kind: 'THINKING', text: boundedText(block.thinking), ...origin(line) } : null;
    case 'tool_use':
    case 'server_tool_use':
      return {
        kind: 'TOOL_CALL', text: boundedText(callInWords(block)), tool: block.name ?? '', toolCallId: block.id ?? '',
        ...origin(line, { input: boundedJson(block.input ?? {}) }),
      };
    default:
      return null;
  }
}

function userEntry(line: StreamLine, block: Block): TranscriptEntry | null {
  if (block.type === 'text') return block.text ? { kind: 'USER', text: boundedText(block.text), ...origin(line) } : null;
  if (block.type !== 'tool_result') return null;
  return {
    kind: 'TOOL_RESULT', text: boundedText(contentText(block.content)), toolCallId: block.tool_use_id ?? '',
    isError: block.is_error === true, ...origin(line),
  };
}

function resultEntry(line: StreamLine): TranscriptEntry {
  const isError = line.is_error === true;
  return {
    kind: 'RESULT',
    text: boundedText(line.result || line.errors?.join('\n') || line.subtype || ''),
    isError,
    data: boundedJson({
      subtype: line.subtype ?? null, turns: line.num_turns ?? null, durationMs: line.duration_ms ?? null,
      stopReason: line.stop_reason ?? null, apiErrorStatus: line.api_error_status ?? null,
      deniedTools: (line.permission_denials ?? []).map((denial) => denial.tool_name ?? null),
    }),
  };
}

/** What a sub-agent says and does is marked with the tool call that started it. */
function origin(line: StreamLine, data: Record<string, Json> = {}): { data?: Json } {
  const parent = line.parent_tool_use_id;
  const all = parent !== undefined ? { ...data, parentToolCallId: parent } : data;
  return Object.keys(all).length === 0 ? {} : { data: all };
}

/** The one field that says most about a call: what it runs, which file, what it looks for. */
function callInWords({ input }: Block): string {
  if (typeof input !== 'object' || input === null) return '';
  const fields = input as Record<string, unknown>;
  for (const name of ['command', 'file_path', 'notebook_path', 'pattern', 'url', 'query', 'prompt', 'skill', 'path', 'description']) {
    if (typeof fields[name] === 'string') return fields[name];
  }
  return Object.keys(fields).length === 0 ? '' : JSON.stringify(boundedJson(fields));
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return content === undefined ? '' : JSON.stringify(boundedJson(content));
  return content.map((part: unknown) => {
    if (typeof part !== 'object' || part === null) return String(part);
    if (typeof (part as Block).text === 'string') return (part as Block).text;
    return elidedMedia(part) ?? JSON.stringify(boundedJson(part));
  }).join('\n');
}

function blocksOf(line: StreamLine): readonly Block[] {
  const content = line.message?.content;
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return (content ?? []).filter((block) => block !== null);
}
