import { HIDDEN } from '../shared/hidden.ts';

/** An agent's settings by name, as revisions keep them. */
export type Settings = Record<string, unknown>;

/** Every value of some settings by its path: `adapterConfig.env.TOKEN`. Lists are values. */
export function flat(settings: Settings): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const walk = (value: unknown, path: string): void => {
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    if (!isObject || Object.keys(value).length === 0) found.set(path, value);
    else for (const [key, each] of Object.entries(value)) walk(each, `${path}.${key}`);
  };
  for (const [name, value] of Object.entries(settings)) walk(value, name);
  return found;
}

/** The paths whose values differ, in their order. What is there on one side only differs; an absent value and null do not. */
export function changedNames(before: Settings, after: Settings): string[] {
  const [old, young] = [flat(before), flat(after)];
  return [...new Set([...young.keys(), ...old.keys()])].filter((name) => !isSame(old.get(name) ?? null, young.get(name) ?? null));
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

export interface SettingChange {
  name: string;
  before: unknown;
  after: unknown;
}

/** What changed, with the value on either side as it is kept: of a secret that is the sign in its place. */
export function changesOf(names: readonly string[], before: Settings, after: Settings): SettingChange[] {
  const [old, young] = [flat(before), flat(after)];
  return names.map((name) => ({ name, before: valueOf(old, name), after: valueOf(young, name) }));
}

/** The value at a path. Within something that is secret as a whole there is only the sign in the place of that. */
function valueOf(kept: Map<string, unknown>, name: string): unknown {
  for (let path = name; ; path = path.slice(0, path.lastIndexOf('.'))) {
    const value = kept.get(path);
    if (value !== undefined && (path === name || value === HIDDEN)) return value;
    if (!path.includes('.')) return null;
  }
}
