import { createHash } from 'node:crypto';
import type { RunContext, Session } from '../contract.ts';
import type { ClaudeConfig } from './config.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a run goes on with a stored conversation; if it could have and does not, why. */
export type Resume = { readonly sessionId: string } | { readonly sessionId: null; readonly reason: string | null };

/** A conversation is only resumed in the folder, with the model and under the settings in which it was held. */
export function resumeOf({ session, config, cwd }: Pick<RunContext<ClaudeConfig>, 'session' | 'config' | 'cwd'>): Resume {
  if (session === null) return { sessionId: null, reason: null };
  const { sessionId, ...held } = session.params;
  if (typeof sessionId !== 'string' || !uuid.test(sessionId)) return { sessionId: null, reason: 'the stored session has no valid id' };
  const wanted = conditions(config, cwd);
  if (held['cwd'] !== wanted.cwd) return { sessionId: null, reason: 'the working folder changed' };
  if (held['model'] !== wanted.model) return { sessionId: null, reason: 'the model changed' };
  if (held['fingerprint'] !== wanted.fingerprint) return { sessionId: null, reason: 'the configuration changed' };
  return { sessionId };
}

/** What is stored so that a later run can resume; null for an id that Claude Code could not take back. */
export function sessionOf(sessionId: string, { config, cwd }: Pick<RunContext<ClaudeConfig>, 'config' | 'cwd'>): Session | null {
  if (!uuid.test(sessionId)) return null;
  return { params: { sessionId, ...conditions(config, cwd) }, displayId: sessionId };
}

function conditions(config: ClaudeConfig, cwd: string): { cwd: string; model: string; fingerprint: string } {
  return { cwd, model: config.model ?? '', fingerprint: fingerprint(config) };
}

/**
 * Of the settings that make a conversation another one when they change. How long a run may take, how hard it thinks or
 * which secrets it holds is not among them: an exchanged key must not cost the agent its memory.
 */
function fingerprint(config: ClaudeConfig): string {
  const { instructions, bootstrapPrompt, promptTemplate, mcpServers, skipPermissions, allowedTools, addDirs, extraArgs } = config;
  const provider = [config.env['ANTHROPIC_BASE_URL'], config.env['CLAUDE_CODE_USE_BEDROCK'], config.env['CLAUDE_CODE_USE_VERTEX']];
  const kept = { instructions, bootstrapPrompt, promptTemplate, mcp: Object.keys(mcpServers ?? {}), skipPermissions, allowedTools, addDirs, extraArgs, provider };
  return createHash('sha256').update(JSON.stringify(kept)).digest('hex').slice(0, 16);
}
