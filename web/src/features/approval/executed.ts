import { quoted } from '../../ui/shell.ts';

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);

/** What settings of an adapter have run or called: a command line, or a method and its URL. Null where they name neither. */
export function executed(config: unknown): string | null {
  const { command, args, extraArgs, url, method } = (config ?? {}) as Record<string, unknown>;
  if (typeof command === 'string') {
    // Further arguments come behind those that the adapter gives itself.
    const further = texts(extraArgs);
    return [...[command, ...texts(args)].map(quoted), ...(further.length > 0 ? ['…', ...further.map(quoted)] : [])].join(' ');
  }
  if (typeof url === 'string') return typeof method === 'string' ? `${method} ${url}` : url;
  return null;
}

/** Whether the program is given words of the settings to read, which may be a script. */
export const isTold = (config: unknown): boolean => Boolean((config as { stdin?: unknown } | null | undefined)?.stdin);
