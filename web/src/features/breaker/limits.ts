import type { BreakerRulesFragment, SetBreakersInput } from '../../graphql/generated/graphql.ts';
import { compact, count } from '../../ui/format.ts';
import { RANGES } from '../../../../schema/breaker/rules.ts';

export type Limit = keyof BreakerRulesFragment['effective'] & keyof typeof RANGES;
export type Texts = Record<Limit, string>;

/** Each limit: what it is called, and what it counts. */
export const limitNames: readonly { name: Limit; label: string; help: string }[] = [
  { name: 'consecutiveFailures', label: 'Failures in a row', help: 'Runs that fail or time out, one after the other.' },
  { name: 'runsWithoutProgress', label: 'Runs without progress', help: 'Runs on issues, in a row, that leave nothing to be seen there.' },
  { name: 'runsPerHour', label: 'Runs in an hour', help: 'Runs that may start within 60 minutes.' },
  { name: 'runsPerDay', label: 'Runs in a day', help: 'Runs that may start within 24 hours.' },
  { name: 'tokensPerRun', label: 'Tokens of one run', help: 'Read, read from cache and written.' },
  { name: 'velocityPercent', label: 'Token speed, in percent', help: 'Of its own average a minute over its last 20 runs. 300 is three times as fast.' },
];

/** A limit as people read it: "6", "1.5 M", "off". */
export function limitText(name: Limit, value: string | number): string {
  if (Number(value) === 0) return 'off';
  if (name === 'tokensPerRun') return compact(String(value));
  return name === 'velocityPercent' ? `${value}%` : count(value);
}

/** What is set on this very level, as it stands in the fields: empty is as the level above says. */
export function textsOf(own: BreakerRulesFragment['own']): Texts {
  return Object.fromEntries(limitNames.map(({ name }) => [name, own[name] === null || own[name] === undefined ? '' : String(own[name])])) as Texts;
}

/** What a field says: nothing (as above), 0 (off) or a number in range. Else why not. */
export function limitFrom(name: Limit, text: string): { value: number | null } | { problem: string } {
  const typed = text.replaceAll(/[\s,_]/g, '');
  if (typed === '') return { value: null };
  if (typed.toLowerCase() === 'off') return { value: 0 };
  if (!/^\d+$/.test(typed)) return { problem: 'A whole number, 0 for off, or nothing.' };
  const value = Number(typed);
  const { least, most } = RANGES[name];
  return value === 0 || (value >= least && value <= most) ? { value } : { problem: `Between ${count(least)} and ${count(most)}, or 0 for off.` };
}

/** What has changed since it was loaded, ready to be sent; or what is wrong, by field. */
export function changesOf(texts: Texts, before: Texts): { input: Partial<SetBreakersInput> } | { problems: Partial<Record<Limit, string>> } {
  const input: Record<string, number | string | null> = {};
  const problems: Partial<Record<Limit, string>> = {};
  for (const { name } of limitNames) {
    const found = limitFrom(name, texts[name]);
    if ('problem' in found) problems[name] = found.problem;
    else if (texts[name] !== before[name]) input[name] = name === 'tokensPerRun' && found.value !== null ? String(found.value) : found.value;
  }
  return Object.keys(problems).length > 0 ? { problems } : { input: input as Partial<SetBreakersInput> };
}
