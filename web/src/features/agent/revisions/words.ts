/** A setting's value in a line: text as it is, nothing as "not set". */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'not set';
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : JSON.stringify(value);
}

const names: Record<string, string> = {
  name: 'Name', role: 'Role', title: 'Title', capabilities: 'Good at', managerId: 'Reports to', adapterType: 'Adapter', maxConcurrentRuns: 'Runs at once',
  'heartbeat.enabled': 'Timer', 'heartbeat.intervalSec': 'Timer, in seconds', 'heartbeat.runWhenIdle': 'Timer without work',
};

/** "adapterConfig.env.TOKEN" as "env.TOKEN"; settings of ours by their names on the form. */
export const settingWords = (name: string): string => names[name] ?? name.replace(/^adapterConfig\./, '');

/** What a change did, by the names of what it touched: "Title, model and 2 more". */
export function changesWords(changes: readonly { name: string }[]): string {
  const all = changes.map(({ name }) => settingWords(name));
  if (all.length <= 3) return all.join(', ');
  return `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`;
}
