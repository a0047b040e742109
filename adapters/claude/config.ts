import { z } from 'zod';
import { noNul, processSettings } from '../process-settings.ts';

export const claudeConfig = z.strictObject({
  command: noNul('command').trim().min(1, 'is required').default('claude')
    .describe('The Claude Code program: a name on the PATH, or a path.'),
  model: noNul('model').trim().min(1).max(200).optional()
    .describe('Model id or alias, such as sonnet. Empty: what Claude Code chooses.'),
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional().describe('How hard the model thinks.'),
  maxTurns: z.number().int().min(1).max(10_000).optional().describe('Ends the run after so many turns of the model.'),
  skipPermissions: z.boolean().default(true)
    .describe('Run every tool without asking. Nobody is there to ask: without it only allowedTools work.'),
  allowedTools: z.array(noNul('a tool').trim().min(1)).max(200).default([])
    .describe('Tools allowed when skipPermissions is off, such as Read or Bash(git *).'),
  instructions: z.string().max(200_000).optional().describe('Who this agent is and how it works; added to the system prompt.'),
  bootstrapPrompt: z.string().max(200_000).optional().describe('Replaces the first words of a new conversation.'),
  promptTemplate: z.string().max(200_000).optional()
    .describe('Replaces what a run is told to do. {{agent.name}}, {{issue.identifier}} and the like are filled in.'),
  context: z.enum(['thin', 'fat']).default('thin').describe('thin: ids and pointers, the agent asks for more; fat: issue and comments in full.'),
  mcpServers: z.record(z.string().min(1), z.record(z.string(), z.json())).optional()
    .describe('MCP servers by name, as in Claude Code’s mcpServers. No others are loaded then. Shown to nobody.'),
  addDirs: z.array(noNul('a folder').refine((path) => path.startsWith('/'), 'must be an absolute path')).max(50).default([])
    .describe('Folders beside the working folder that tools may use.'),
  chrome: z.boolean().default(false).describe('Give the agent the Chrome integration.'),
  extraArgs: z.array(noNul('an argument')).max(200).default([]).describe('Further arguments, one by one, put last.'),
  ...processSettings,
});

export type ClaudeConfig = z.infer<typeof claudeConfig>;
