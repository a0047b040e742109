import { z } from 'zod';
import type { Adapter } from '../../adapters/contract.ts';
import { allAdapters, findAdapter } from '../../adapters/registry.ts';
import { localProbe } from '../../adapters/targets/local/probe.ts';
import type { Adapters, TestReport } from '../../schema/agent/adapters.ts';
import { badInput, Refusal } from '../../schema/shared/refusal.ts';

/** What stands in the place of a secret. Sent back unchanged, it stands for the stored value. */
export const REDACTED = '•••';

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
      const restored = mapSecrets(adapter, config, (value, path) => (value === REDACTED ? (valueAt(stored, path) ?? refuseRedacted(path)) : value));
      const parsed = adapter.config.safeParse(restored);
      if (parsed.success) return parsed.data as Record<string, unknown>;
      const { issues } = parsed.error;
      const fields = issues.map((issue) => ({ field: ['adapterConfig', ...issue.path].join('.'), message: issue.message }));
      throw new Refusal('BAD_USER_INPUT', fields.map(({ field, message }) => `${field}: ${message}`).join('; '), {
        field: fields[0]?.field ?? 'adapterConfig', details: { fields },
      });
    },
    redactedConfig(type, config) {
      const adapter = findAdapter(type);
      return adapter ? (mapSecrets(adapter, config, () => REDACTED) as Record<string, unknown>) : {};
    },
    lostSecrets(type, config, stored) {
      const lost: string[] = [];
      mapSecrets(adapterOf(type), config, (value, path) => {
        if (value === REDACTED && (valueAt(stored, path) ?? null) === null) lost.push(['adapterConfig', ...path].join('.'));
        return value;
      });
      return lost;
    },
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

function refuseRedacted(path: string[]): never {
  throw badInput(['adapterConfig', ...path].join('.'), 'is redacted and has no stored value: give the value itself');
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
