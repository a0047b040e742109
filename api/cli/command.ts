import { parseArgs } from 'node:util';
import type { ParseArgsConfig, ParseArgsOptionDescriptor } from 'node:util';
import { UsageError } from './failure.ts';
import { columns } from './print.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settings.ts';

/** A flag as `parseArgs` knows it, and what help says of it. */
export interface Flag extends ParseArgsOptionDescriptor {
  about: string;
  /** What stands for the value in help. */
  value?: string;
}
type Flags = Record<string, Flag>;

type Values<F extends Flags> = ReturnType<typeof parseArgs<{ options: F; allowPositionals: true }>>['values'];

export interface Call<F extends Flags> {
  settings: Settings;
  flags: Values<F>;
  args: string[];
  /** Prints the data with --json, else the text. */
  show(data: unknown, text: () => string): void;
}

export interface Command {
  help: string;
  /** Returns the exit code; nothing means success. */
  run(argv: string[]): Promise<number | void>;
}

interface Definition<F extends Flags> {
  usage: string;
  about: string;
  /** At most this many arguments. */
  args: number;
  flags: F;
  run(call: Call<F>): Promise<number | void>;
}

const common = {
  company: { type: 'string', value: 'REF', about: 'company, by id or prefix (BOARDROOM_COMPANY_ID)' },
  'api-url': { type: 'string', value: 'URL', about: 'where Boardroom listens (BOARDROOM_API_URL)' },
  'api-key': { type: 'string', value: 'KEY', about: 'agent key or run token (BOARDROOM_API_KEY)' },
  json: { type: 'boolean', about: 'print JSON for programs' },
  help: { type: 'boolean', short: 'h', about: 'show this help' },
} satisfies Flags;

/** A subcommand: its flags are parsed and typed, its help is written from them. */
export function defineCommand<const F extends Flags>(definition: Definition<F>): Command {
  const help = describe(definition);
  return {
    help,
    async run(argv) {
      const { values, positionals } = parse(argv, { ...definition.flags, ...common });
      const given = values as { [name in keyof typeof common]?: string & boolean };
      if (given.help) {
        console.log(help);
        return;
      }
      if (positionals.length > definition.args) {
        throw new UsageError(`too many arguments: ${positionals.slice(definition.args).join(' ')}`);
      }
      const settings = readSettings(given, process.env);
      const show = (data: unknown, text: () => string) =>
        console.log(settings.json ? JSON.stringify(data, null, 2) : text());
      return definition.run({ settings, flags: values as Values<F>, args: positionals, show });
    },
  };
}

function parse(argv: string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function describe(definition: Definition<Flags>): string {
  const line = ([name, flag]: [string, Flag]) => [
    `  ${flag.short ? `-${flag.short}, ` : ''}--${name}${flag.type === 'string' ? ` ${flag.value ?? 'TEXT'}` : ''}`,
    flag.about,
  ];
  const own = Object.entries(definition.flags).map(line);
  const parts = [`Usage: boardroom ${definition.usage}`, definition.about];
  if (own.length > 0) parts.push(`Options:\n${columns(own)}`);
  parts.push(`Always:\n${columns(Object.entries<Flag>(common).map(line))}`);
  return parts.join('\n\n');
}
