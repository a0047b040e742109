import { changedNames, type SettingChange, changesOf, type Settings } from '../agent/revision-rules.ts';
import type { HirePayload } from './commands/hire.ts';

/** What one version asks for, but for its text, which is compared line by line. */
export interface Asked {
  title: string;
  /** Of a hire: the agent with its budget, secrets replaced. */
  hire: unknown;
}

/** By name, as what was asked for is given: `title`, `hire.managerId`, `hire.adapterConfig.env.TOKEN`, `hire.budget.amount`. */
export function askedOf({ title, hire }: Asked): Settings {
  if (hire === null || hire === undefined) return { title };
  const { settings, budget } = hire as HirePayload;
  return { title, hire: { ...settings, budget } };
}

/**
 * Names of what differs between two versions: what can be seen to, and what differs in the agent's own settings, secrets included.
 * The first alone would not tell a secret that was replaced, the second not what the board had changed itself meanwhile.
 */
export function changedSince(before: Asked & { body: string | null }, after: Asked & { body: string | null }, agent?: { before: Settings; after: Settings }): string[] {
  const own = agent ? changedNames({ hire: agent.before }, { hire: agent.after }) : [];
  const body = before.body === after.body ? [] : ['body'];
  return [...new Set([...changedNames(askedOf(before), askedOf(after)), ...own, ...body])];
}

/** The same with the values on either side. The text has its own way of being compared. */
export function askedChanges(changed: readonly string[], before: Asked | null, after: Asked): SettingChange[] {
  return changesOf(changed.filter((name) => name !== 'body'), before ? askedOf(before) : {}, askedOf(after));
}
