import { readFileSync } from 'node:fs';
import { localWorkspaces } from '../../adapters/workspaces/local/local-workspaces.ts';
import { openDatabase } from '../../prisma/client.ts';
import { patiently } from '../../prisma/outage.ts';
import { sql } from '../../prisma/sql.ts';
import { buildSchema } from '../../schema/index.ts';
import { authenticator } from '../auth/principal.ts';
import { environmentOf, readConfig } from '../config.ts';
import { connectBus } from '../live/connect.ts';
import { openLog } from '../log.ts';
import { channelsOf } from '../notifications/channels.ts';
import { outliveOutages } from '../unheard.ts';
import { hostVariables } from '../worker/engine/environment.ts';
import { adaptersFor } from './adapters.ts';
import { filesOf } from './files/folder.ts';
import { keepSwept } from './files/sweep.ts';
import { boardServer } from './http.ts';

// The process that answers requests. It never runs agents: the board stays responsive whatever they do.
let close = async () => undefined as void;
let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), 8_000);
  await close();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('disconnect', () => void stop());
if (process.send && !process.connected) void stop(); // whoever started it went while this was being loaded

const config = readConfig();
const log = openLog({ level: config.logLevel, name: 'api' });
outliveOutages(log);
const url = config.databaseUrl;
if (!url) throw new Error('DATABASE_URL is not set: start Boardroom with npm start');

const bus = await connectBus({ databaseUrl: url, redisUrl: config.redisUrl, name: 'boardroom-api-listen' });
const db = openDatabase({ url, bus });
const [instance] = await patiently(() => db.query<{ signingKey: Buffer }>(sql`SELECT signing_key AS "signingKey" FROM instance WHERE id = 1`));
if (!instance) throw new Error('the database has no instance row: its migrations have not run');

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
const files = await patiently(() => filesOf(db, config.home));
const agentsVariables = hostVariables(environmentOf(config));
const server = boardServer({
  schema: buildSchema(), db, files, live: bus, log, version, notifications: channelsOf(config),
  adapters: adaptersFor(agentsVariables), workspaces: localWorkspaces(agentsVariables),
  authenticate: authenticator(db, instance.signingKey),
});

const leaveFiles = keepSwept(db, files, (error) => log.warn({ err: error }, 'files that nobody needs could not be removed'));
close = async () => {
  leaveFiles();
  // Connections first: a subscription whose source closes ends as one that is complete, and nobody would come back.
  await server.close();
  await bus.close();
  await db.close();
};
server.http.listen(config.port, config.host, () => {
  const address = server.http.address();
  process.send?.({ ready: true, port: typeof address === 'object' ? address?.port : undefined }, () => undefined); // nobody there: the event above tells
});
