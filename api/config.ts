import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { z } from 'zod';

/** A setting that cannot be used; the message names it and fits one line. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** What `npm start` may be told. Other processes get the same settings by environment. */
export interface Config {
  /** The folder that holds everything this installation keeps. */
  home: string;
  /** A Postgres of the user's own; none means the embedded one. */
  databaseUrl: string | undefined;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Where agents reach the api, without a trailing slash. (BOARDROOM_API_URL is what they, and the command, are told.) */
  apiUrl: string;
  /** Carries live events between machines; none is needed on one. */
  redisUrl: string | undefined;
  /** The mail server that notifications go through, with whom they come from; none means no mail. */
  smtpUrl: string | undefined;
  mailFrom: string | undefined;
  /** Whether webhooks may go to addresses of the own network. */
  notifyPrivate: boolean;
  logLevel: (typeof logLevels)[number];
  demo: boolean;
}

/** The name of each setting on the command line (if it has one) and in the environment. */
const names = {
  home: { flag: 'home', variable: 'BOARDROOM_HOME' },
  databaseUrl: { variable: 'DATABASE_URL' },
  host: { flag: 'host', variable: 'BOARDROOM_HOST' },
  port: { flag: 'port', variable: 'BOARDROOM_PORT' },
  apiUrl: { variable: 'BOARDROOM_AGENTS_API_URL' },
  redisUrl: { variable: 'REDIS_URL' },
  smtpUrl: { variable: 'BOARDROOM_SMTP_URL' },
  mailFrom: { variable: 'BOARDROOM_MAIL_FROM' },
  notifyPrivate: { variable: 'BOARDROOM_NOTIFY_PRIVATE' },
  logLevel: { variable: 'BOARDROOM_LOG_LEVEL' },
  demo: { flag: 'demo', variable: 'BOARDROOM_DEMO' },
} satisfies Record<keyof Config, { flag?: string; variable: string }>;

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

function url(protocols: string[], example: string) {
  const accepted = (text: string) => URL.canParse(text) && protocols.includes(new URL(text).protocol);
  return z.string().refine(accepted, { error: `must be an address like ${example}` });
}

const flag = z.enum(['', '0', '1', 'true', 'false'], { error: 'must be 1 or 0' }).default('').transform((text) => text === '1' || text === 'true');

const settings = z.object({
  home: z.string().default(join(homedir(), '.boardroom')).transform(absolute),
  databaseUrl: url(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/boardroom').optional(),
  host: z
    .string()
    .default('127.0.0.1')
    // Whoever reaches the api is the board, until there is a way to sign in.
    .refine((host) => loopback.test(host), { error: 'must be an address of this machine alone (127.0.0.1, ::1 or localhost), since there is no sign-in' }),
  port: z
    .string()
    .default('4400')
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65535, { error: 'must be a whole number from 0 to 65535' })
    .transform(Number),
  apiUrl: url(['http:', 'https:'], 'http://127.0.0.1:4400').transform((text) => text.replace(/\/+$/, '')).optional(),
  redisUrl: url(['redis:', 'rediss:', 'unix:'], 'redis://127.0.0.1:6379').optional(),
  logLevel: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
  smtpUrl: url(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.com:587').optional(),
  mailFrom: z.string().regex(/^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, { error: 'must be a mailbox like board@example.com or Boardroom <board@example.com>' }).optional(),
  notifyPrivate: flag,
  demo: flag,
});

/** What `npm start -- --help` prints. */
export const usage = `npm start -- [options]

  --port PORT  where the board listens (BOARDROOM_PORT), 4400; 0 takes any free port
  --host HOST  on which address of this machine (BOARDROOM_HOST), 127.0.0.1
  --home PATH  the folder that holds everything (BOARDROOM_HOME), ~/.boardroom
  --demo       founds a company of scripted agents and lets them work (BOARDROOM_DEMO)
  --version, --help

.env.example explains every setting.`;

/** Reads the settings: flags beat the environment, which beats `.env` in the current folder. */
export function readConfig(
  argv: string[] = [], environment: NodeJS.ProcessEnv = process.env, dotEnv = '.env',
): Config {
  const flags = readFlags(argv);
  const variables = { ...readDotEnv(dotEnv), ...withoutEmpty(environment) };
  const keys = Object.keys(names) as (keyof Config)[];
  const given = keys.map((key) => [key, flags[key] ?? variables[names[key].variable]] as const);
  const parsed = settings.safeParse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const key = issue?.path[0] as keyof Config;
    const { flag, variable } = names[key] as { flag?: string; variable: string };
    const name = flag && flags[key] !== undefined ? `--${flag}` : variable;
    throw new ConfigProblem(`${name} ${issue?.message}, not "${hidePassword(Object.fromEntries(given)[key] ?? '')}"`);
  }
  const { databaseUrl, redisUrl, apiUrl, smtpUrl, mailFrom, ...rest } = parsed.data;
  if (!smtpUrl !== !mailFrom) throw new ConfigProblem(`${smtpUrl ? 'BOARDROOM_MAIL_FROM' : 'BOARDROOM_SMTP_URL'} must be set too, so that mail can be sent`);
  return { ...rest, databaseUrl, redisUrl, smtpUrl, mailFrom, apiUrl: apiUrl ?? addressOf(rest.host, rest.port) };
}

/** The web address of a host and port. */
export function addressOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The environment that gives another process these settings. */
export function environmentOf(config: Config, environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const own = (Object.keys(names) as (keyof Config)[]).map((key) => {
    const value = config[key];
    return [names[key].variable, value === undefined ? undefined : typeof value === 'boolean' ? (value ? '1' : '0') : String(value)];
  });
  return { ...environment, ...Object.fromEntries(own) };
}

function readFlags(argv: string[]): Partial<Record<keyof Config, string>> {
  try {
    const { values } = parseArgs({
      args: argv,
      options: { home: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' }, demo: { type: 'boolean' } },
    });
    const { demo, ...rest } = values;
    return { ...rest, ...(demo === undefined ? {} : { demo: '1' }) };
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new ConfigProblem(`${message} (known are --port, --host, --home and --demo)`);
  }
}

function readDotEnv(file: string): NodeJS.ProcessEnv {
  try {
    return withoutEmpty(parseEnv(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ConfigProblem(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** An empty variable counts as unset, as shells make it easy to export one by mistake. */
function withoutEmpty(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}

function absolute(path: string): string {
  const full = path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
  return isAbsolute(full) ? full : resolve(full);
}

function hidePassword(text: string): string {
  return text.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:***@');
}
