import type { ProcessAdapter } from '../contract.ts';
import { claudeInvocation } from './arguments.ts';
import { checkClaude } from './check.ts';
import type { ClaudeConfig } from './config.ts';
import { claudeConfig } from './config.ts';
import { claudeModels, modelLister } from './models.ts';
import { claudeReader } from './output.ts';

/** Claude Code on this machine, run without a person at the keyboard. */
export const claudeAdapter: ProcessAdapter<ClaudeConfig> = {
  kind: 'process',
  type: 'claude',
  label: 'Claude Code',
  description: 'Runs Claude Code on this machine: keeps the conversation per issue, reports use and cost.',
  config: claudeConfig,
  secretKeys: ['env.*', 'mcpServers.*'],
  staticModels: claudeModels,
  models: modelLister(),
  invocation: claudeInvocation,
  reader: (context) => claudeReader(context),
  test: checkClaude,
};
