import { mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigProblem, environmentOf, readConfig } from './config.ts';

const none = '/nonexistent/.env';

test('nothing set gives one machine, its loopback address and the home folder of the user', () => {
  expect(readConfig([], {}, none)).toEqual({
    home: join(homedir(), '.boardroom'), databaseUrl: undefined, host: '127.0.0.1', port: 4400,
    apiUrl: 'http://127.0.0.1:4400', redisUrl: undefined, smtpUrl: undefined, mailFrom: undefined, notifyPrivate: false, logLevel: 'info', demo: false,
  });
});

test('flags beat the environment', () => {
  const environment = { BOARDROOM_PORT: '5000', BOARDROOM_HOME: '/srv/one' };
  expect(readConfig(['--port', '6000'], environment, none)).toMatchObject({ port: 6000, home: '/srv/one' });
});

test('the environment beats .env', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'boardroom-config-')), '.env');
  writeFileSync(file, '# a comment\nBOARDROOM_PORT=5000\nBOARDROOM_HOME="/srv/with space"\nREDIS_URL=\n');
  expect(readConfig([], {}, file)).toMatchObject({ port: 5000, home: '/srv/with space', redisUrl: undefined });
  expect(readConfig([], { BOARDROOM_PORT: '6000' }, file).port).toBe(6000);
});

test('an empty variable counts as unset', () => {
  expect(readConfig([], { BOARDROOM_PORT: '' }, none).port).toBe(4400);
});

test('the address of the api follows host and port unless it is given', () => {
  expect(readConfig(['--port', '80', '--host', '::1'], {}, none).apiUrl).toBe('http://[::1]:80');
  expect(readConfig([], { BOARDROOM_AGENTS_API_URL: 'https://board.test/' }, none).apiUrl).toBe('https://board.test');
});

test.each([
  [['--port', 'abc'], {}, '--port must be a whole number from 0 to 65535, not "abc"'],
  [['--port', '70000'], {}, '--port must be a whole number'],
  [[], { BOARDROOM_PORT: '-1' }, 'BOARDROOM_PORT must be a whole number'],
  [['--host', '0.0.0.0'], {}, '--host must be an address of this machine alone'],
  [['--prot', '1'], {}, "Unknown option '--prot'"],
  [['stray'], {}, 'known are --port'],
  [[], { DATABASE_URL: 'mysql://me:secret@db/x' }, 'DATABASE_URL must be an address like'],
  [[], { BOARDROOM_LOG_LEVEL: 'loud' }, 'BOARDROOM_LOG_LEVEL must be one of'],
  [[], { BOARDROOM_SMTP_URL: 'https://me:secret@mail', BOARDROOM_MAIL_FROM: 'a@b.test' }, 'BOARDROOM_SMTP_URL must be an address like'],
  [[], { BOARDROOM_SMTP_URL: 'smtp://me:secret@mail' }, 'BOARDROOM_MAIL_FROM must be set too'],
  [[], { BOARDROOM_MAIL_FROM: 'a@b.test' }, 'BOARDROOM_SMTP_URL must be set too'],
  [[], { BOARDROOM_SMTP_URL: 'smtp://mail', BOARDROOM_MAIL_FROM: 'the board' }, 'BOARDROOM_MAIL_FROM must be a mailbox'],
  [[], { BOARDROOM_NOTIFY_PRIVATE: 'yes' }, 'BOARDROOM_NOTIFY_PRIVATE must be 1 or 0'],
] as const)('%j with %j is refused in one line', (argv, environment, message) => {
  let refused: unknown;
  try {
    readConfig([...argv], environment, none);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(ConfigProblem);
  expect((refused as Error).message).toContain(message);
  expect((refused as Error).message).not.toMatch(/\n|secret/);
});

test('another process reads the same settings back from its environment', () => {
  const config = readConfig(['--port', '5001', '--demo', '--home', '/srv/x y'], {
    REDIS_URL: 'redis://r:1', BOARDROOM_SMTP_URL: 'smtps://me:secret@mail:465', BOARDROOM_MAIL_FROM: 'Boardroom <a@b.test>', BOARDROOM_NOTIFY_PRIVATE: 'true',
  }, none);
  expect(readConfig([], environmentOf(config, {}), none)).toEqual(config);
});
