import { z } from 'zod';

// Another version may give a field another shape. Such a field counts as absent: a log is read as far as it is understood.
const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

const tokenCounts = z.object({
  input_tokens: number,
  cache_creation_input_tokens: number,
  cache_read_input_tokens: number,
  output_tokens: number,
});

const modelTokenCounts = z.object({
  inputTokens: number,
  cacheCreationInputTokens: number,
  cacheReadInputTokens: number,
  outputTokens: number,
});

const block = z.object({
  type: z.string(),
  text, thinking: text,
  id: text, name: text, input: z.unknown().optional(),
  tool_use_id: text, content: z.unknown().optional(), is_error: flag,
});

/** A line that Claude Code prints with `--output-format stream-json`, as far as Boardroom reads it. */
const streamLine = z.object({
  type: z.string(),
  subtype: text,
  session_id: text,
  /** Set on what a sub-agent does. */
  parent_tool_use_id: text,
  message: z.object({
    id: text,
    content: z.union([z.string(), z.array(block.nullable().catch(null))]).optional().catch(undefined),
    usage: tokenCounts.optional().catch(undefined),
  }).optional().catch(undefined),
  /** On assistant and api_retry lines: the class of what the request to the model failed with. */
  error: text,

  // system/init
  model: text, cwd: text, claude_code_version: text, permissionMode: text, apiKeySource: text,
  mcp_servers: z.array(z.object({ name: text, status: text })).optional().catch(undefined),

  // system/api_retry
  attempt: number, max_retries: number, retry_delay_ms: number, error_status: number,

  // rate_limit_event
  rate_limit_info: z.object({ status: text, resetsAt: number, rateLimitType: text, isUsingOverage: flag }).optional().catch(undefined),

  // result
  is_error: flag, api_error_status: number, result: text,
  errors: z.array(z.string()).optional().catch(undefined),
  num_turns: number, duration_ms: number, stop_reason: text, total_cost_usd: number,
  usage: tokenCounts.optional().catch(undefined),
  modelUsage: z.record(z.string(), modelTokenCounts).optional().catch(undefined),
  permission_denials: z.array(z.object({ tool_name: text })).optional().catch(undefined),
});

export type StreamLine = z.infer<typeof streamLine>;
export type Block = z.infer<typeof block>;
export type TokenCounts = z.infer<typeof tokenCounts>;

/** The line as an event; null where it is no JSON object with a type, since programs print all sorts of things. */
export function parseLine(line: string): StreamLine | null {
  if (!line.startsWith('{')) return null;
  try {
    const parsed = streamLine.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
