import { isSecretName, namesSecret, withoutSecrets, withoutTokens } from './secrets.ts';

/** Stands in settings where something secret is. Sent back unchanged, it stands for what is stored. */
export const HIDDEN = '•••';

/**
 * Settings for people's eyes and for keeping: secrets by their shape, by the name of their field, and as the argument behind an
 * option that is called so. In prose, and in arguments of several lines, only what is a secret wherever it stands: an instruction
 * may speak of a "token: …", and a script of its "$TOKEN".
 */
export function hidden(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return hiddenText(value, isSecretName(name), /\s/.test(value));
  if (Array.isArray(value)) return value.map((each, at) => hiddenItem(each, value[at - 1], name));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hidden(each, key)]));
}

function hiddenItem(item: unknown, before: unknown, name: string): unknown {
  return typeof item === 'string' ? hiddenText(item, isSecretName(name) || namesSecret(before), item.includes('\n')) : hidden(item, name);
}

function hiddenText(text: string, isSecret: boolean, isProse: boolean): string {
  if (text === '') return text;
  if (isSecret) return HIDDEN;
  return isProse ? withoutTokens(text, HIDDEN) : withoutSecrets(text, HIDDEN);
}

/**
 * Settings as they are to be stored: what comes back as `hidden` shows it takes its value from what is stored. `lost` holds the
 * paths of signs that stand for nothing there. A sign in a list is found again behind the option that it stood behind, so that
 * a secret moves to no other option. What stands at a path that `isApart` stays as it is given.
 */
export function unhidden(given: unknown, stored: unknown, isApart: (path: readonly string[]) => boolean = () => false): { value: unknown; lost: string[][] } {
  const lost: string[][] = [];
  const found = (text: string, candidates: unknown[], at: string[]): unknown => {
    const [first, ...others] = new Set(candidates);
    if (first !== undefined && others.length === 0) return first;
    lost.push(at);
    return text;
  };
  const walk = (value: unknown, old: unknown, at: string[]): unknown => {
    if (isApart(at)) return value;
    if (typeof value === 'string') return value.includes(HIDDEN) ? found(value, hidden(old, at.at(-1)) === value ? [old] : [], at) : value;
    if (Array.isArray(value)) {
      const olds = Array.isArray(old) ? (old as unknown[]) : [];
      const shown = hidden(olds, at.at(-1)) as unknown[];
      return value.map((item: unknown, index) => {
        const here = [...at, String(index)];
        if (typeof item !== 'string') return walk(item, olds[index], here);
        if (!item.includes(HIDDEN)) return item;
        const isFit = (place: number) => shown[place] === item && (item !== HIDDEN || optionAt(shown[place - 1]) === optionAt(value[index - 1]));
        return found(item, isFit(index) ? [olds[index]] : olds.filter((_each, place) => isFit(place)), here);
      });
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, isObject(old) ? old[key] : undefined, [...at, key])]));
  };
  return { value: walk(given, stored, []), lost };
}

function optionAt(argument: unknown): string | null {
  return typeof argument === 'string' && argument.startsWith('-') ? argument : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
