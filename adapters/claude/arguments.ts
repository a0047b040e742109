import { join } from 'node:path';
import type { Invocation, RunContext } from '../contract.ts';
import { runPrompt } from '../prompt.ts';
import type { ClaudeConfig } from './config.ts';
import { resumeOf } from './session.ts';

const instructionsFile = 'instructions.md';
const mcpFile = 'mcp.json';

/** The command line of one run; the prompt goes to standard input, long settings into private files. */
export function claudeInvocation(context: RunContext<ClaudeConfig>): Invocation {
  const { config } = context;
  const { sessionId } = resumeOf(context);
  const { args, files } = claudeArguments(context, sessionId);
  return {
    command: config.command,
    args,
    files,
    stdin: runPrompt(context, config, sessionId !== null),
    // An update in the middle of a run would exchange the program under other runs.
    env: { DISABLE_AUTOUPDATER: '1', ...config.env },
    timeoutSec: config.timeoutSec,
    graceSec: config.graceSec,
  };
}

function claudeArguments(
  { config, scratchDir }: Pick<RunContext<ClaudeConfig>, 'config' | 'scratchDir'>,
  sessionId: string | null,
): { args: readonly string[]; files: Readonly<Record<string, string>> } {
  // Without a lone '-' for standard input: Claude Code 2.1 takes it for the first line of the prompt.
  const args = ['--print', '--output-format', 'stream-json', '--verbose'];
  const files: Record<string, string> = {};
  if (sessionId !== null) args.push('--resume', sessionId);
  if (config.skipPermissions) args.push('--dangerously-skip-permissions');
  else if (config.allowedTools.length > 0) args.push('--allowedTools', ...config.allowedTools);
  if (config.chrome) args.push('--chrome');
  if (config.model !== undefined) args.push('--model', config.model);
  if (config.effort !== undefined) args.push('--effort', config.effort);
  if (config.maxTurns !== undefined) args.push('--max-turns', String(config.maxTurns));
  if (config.instructions) {
    // In resumed runs too: a session keeps its messages, not what was added to its system prompt (seen in 2.1.197).
    args.push('--append-system-prompt-file', join(scratchDir, instructionsFile));
    files[instructionsFile] = config.instructions;
  }
  if (config.mcpServers !== undefined) {
    args.push('--mcp-config', join(scratchDir, mcpFile), '--strict-mcp-config');
    files[mcpFile] = JSON.stringify({ mcpServers: config.mcpServers });
  }
  for (const folder of config.addDirs) args.push('--add-dir', folder);
  args.push(...config.extraArgs);
  return { args, files };
}
