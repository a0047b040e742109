import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Model, Probe } from '../contract.ts';
import type { ClaudeConfig } from './config.ts';

/** Known to Claude Code 2.1. Aliases first: they stay right when models change. */
export const claudeModels: readonly Model[] = [
  { id: 'opus', label: 'Opus (latest)' },
  { id: 'sonnet', label: 'Sonnet (latest)' },
  { id: 'haiku', label: 'Haiku (latest)' },
  { id: 'claude-fable-5', label: 'Claude Fable 5' },
  { id: 'claude-opus-4-8', label: 'Claude Opus 4.8' },
  { id: 'claude-sonnet-5', label: 'Claude Sonnet 5' },
  { id: 'claude-haiku-4-5', label: 'Claude Haiku 4.5' },
];

/** Amazon Bedrock knows the models by these ids only. */
export const bedrockModels: readonly Model[] = [
  { id: 'us.anthropic.claude-fable-5', label: 'Claude Fable 5 (Bedrock, US)' },
  { id: 'us.anthropic.claude-opus-4-8', label: 'Claude Opus 4.8 (Bedrock, US)' },
  { id: 'us.anthropic.claude-sonnet-5', label: 'Claude Sonnet 5 (Bedrock, US)' },
  { id: 'us.anthropic.claude-haiku-4-5-20251001-v1:0', label: 'Claude Haiku 4.5 (Bedrock, US)' },
];

const cachedForMs = 60_000;
const timeoutMs = 5_000;
/** One entry per key and service in use; more than a board has is somebody trying keys out. */
const mostEntries = 100;

const answer = z.object({ data: z.array(z.object({ id: z.string(), display_name: z.string().optional() })) });

interface Listed { at: number; models: readonly Model[] }

/** Asks the service that the agent uses for its models, at most once a minute. Keys are held as hashes and never told. */
export function modelLister(now: () => number = Date.now): (config: ClaudeConfig, probe: Pick<Probe, 'fetch'>) => Promise<readonly Model[]> {
  const lists = new Map<string, Listed>();

  return async (config, probe) => {
    if (config.env['CLAUDE_CODE_USE_BEDROCK']) return bedrockModels;
    const key = config.env['ANTHROPIC_API_KEY'];
    if (!key) return claudeModels;
    const base = (config.env['ANTHROPIC_BASE_URL'] || 'https://api.anthropic.com').replace(/\/+$/, '');
    const name = `${key.length}:${createHash('sha256').update(key).digest('hex').slice(0, 16)}@${base}`;
    const known = lists.get(name);
    if (known !== undefined && now() - known.at < cachedForMs) return known.models;
    const models = await listModels(base, key, probe);
    if (models === null) return known?.models ?? claudeModels;
    lists.delete(name);
    lists.set(name, { at: now(), models });
    if (lists.size > mostEntries) lists.delete(lists.keys().next().value ?? '');
    return models;
  };
}

/** Null where the service did not answer: the choice of a model must not hang on it. */
async function listModels(base: string, key: string, probe: Pick<Probe, 'fetch'>): Promise<readonly Model[] | null> {
  try {
    const response = await probe.fetch(`${base}/v1/models?limit=1000`, {
      headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
      redirect: 'error', // the key goes to no other host
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) return null;
    const listed = answer.parse(await response.json()).data.map(({ id, display_name }) => ({ id, label: display_name || id }));
    const ids = new Set(listed.map(({ id }) => id));
    return [...listed, ...claudeModels.filter(({ id }) => !ids.has(id))];
  } catch {
    return null;
  }
}
