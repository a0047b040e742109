import { z } from 'zod';
import type { Adapter } from '../../adapters/contract.ts';
import { allAdapters, findAdapter } from '../../adapters/registry.ts';
import { localProbe } from '../../adapters/targets/local/probe.ts';
import type { Adapters, TestReport } from '../../schema/agent/adapters.ts';
import { HIDDEN, hidden, unhidden } from '../../schema/shared/hidden.ts';
import { badInput, Refusal } from '../../schema/shared/refusal.ts';

const outcomes = { OK: 'OK', WARNING: 'WARN', FAILED: 'FAIL' } as const;

/** The adapters of this build, as the company's rules need them. `env` is what agents on this machine get. */
export function adaptersFor(env: Readonly<Record<string, string>>): Adapters {
  const probe = localProbe(env);
  return {
    list: () =>
      allAdapters().map((adapter) => ({
        type: adapter.type, label: adapter.label, description: adapter.description,
        configSchema: z.toJSONSchema(adapter.config, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
        supportsModels: adapter.staticModels.length > 0 || adapter.models !== undefined,
      })),
    checkedConfig(type, config, stored) {
      const adapter = adapterOf(type);
      const { value, lost } = restored(adapter, config, stored);
      if (lost[0]) throw badInput(lost[0], 'is redacted and has no stored value: give the value itself');
      const parsed = adapter.config.safeParse(value);
      if (parsed.success) return parsed.data as Record<string, unknown>;
      const { issues } = parsed.error;
      const fields = issues.map((issue) => ({ field: ['adapterConfig', ...issue.path].join('.'), message: issue.message }));
      throw new Refusal('BAD_USER_INPUT', fields.map(({ field, message }) => `${field}: ${message}`).join('; '), {
        field: fields[0]?.field ?? 'adapterConfig', details: { fields },
      });
    },
    redactedConfig(type, config) {
      const adapter = findAdapter(type);
      return adapter ? (mapSecrets(adapter, hidden(config), () => HIDDEN) as Record<string, unknown>) : {};
    },
    lostSecrets: (type, config, stored) => restored(adapterOf(type), config, stored).lost,
    async models(type, config = {}) {
      const adapter = adapterOf(type);
      const fallback = [...adapter.staticModels];
      const parsed = adapter.config.safeParse(config);
      if (!adapter.models || !parsed.success) return fallback;
      return [...(await adapter.models(parsed.data, probe).catch(() => fallback))];
    },
    async test(type, config): Promise<TestReport> {
      const adapter = adapterOf(type);
      const checks = await adapter.test(adapter.config.parse(config), probe);
      return { ok: checks.every((check) => check.outcome !== 'FAILED'), checks: checks.map((check) => ({ ...check, outcome: outcomes[check.outcome] })) };
    },
  };
}

function adapterOf(type: string): Adapter {
  const adapter = findAdapter(type);
  if (adapter) return adapter;
  const known = allAdapters().map((each) => each.type).join(', ');
  throw badInput('adapterType', `there is no adapter ${JSON.stringify(type.slice(0, 60))}; there are ${known}`);
}

/** A configuration with the stored values of secrets that come back hidden, and the paths of those that have none. */
function restored(adapter: Adapter, config: unknown, stored: unknown): { value: unknown; lost: string[] } {
  // What the adapter names is secret as a whole and is known by its path; all else by its shape.
  const { value: shaped, lost } = unhidden(config, stored, (path) => isNamed(adapter, path));
  const value = mapSecrets(adapter, shaped, (each, path) => {
    const kept = each === HIDDEN ? (valueAt(stored, path) ?? null) : each;
    if (kept === null) lost.push(path);
    return kept ?? each;
  });
  return { value, lost: lost.map((path) => ['adapterConfig', ...path].join('.')) };
}

function isNamed({ secretKeys }: Adapter, path: readonly string[]): boolean {
  return secretKeys.map((pattern) => pattern.split('.')).some((keys) => keys.length === path.length && keys.every((key, at) => key === '*' || key === path[at]));
}

/** A copy of a configuration with each secret replaced. `env.*` stands for every value of env. */
function mapSecrets(adapter: Adapter, config: unknown, replace: (value: unknown, path: string[]) => unknown): unknown {
  let copy = structuredClone(config);
  for (const pattern of adapter.secretKeys) copy = mapPath(copy, pattern.split('.'), [], replace);
  return copy;
}

function mapPath(value: unknown, pattern: string[], at: string[], replace: (value: unknown, path: string[]) => unknown): unknown {
  const [head, ...rest] = pattern;
  if (head === undefined) return value === null || value === undefined || value === '' ? value : replace(value, at);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => (head === '*' || head === key ? [key, mapPath(each, rest, [...at, key], replace)] : [key, each]));
  return Object.fromEntries(entries);
}

function valueAt(config: unknown, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined), config);
}
