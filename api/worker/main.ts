import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stdSerializers } from 'pino';
import { findAdapter } from '../../adapters/registry.ts';
import { localTarget } from '../../adapters/targets/local/local-target.ts';
import { findProcess } from '../../adapters/targets/local/process-table.ts';
import { localWorkspaces } from '../../adapters/workspaces/local/local-workspaces.ts';
import { openDatabase } from '../../prisma/client.ts';
import { newId } from '../../prisma/id.ts';
import { patiently } from '../../prisma/outage.ts';
import { sql } from '../../prisma/sql.ts';
import { signRunToken } from '../../schema/access/run-token.ts';
import { NOTIFICATIONS } from '../../schema/notification/rules.ts';
import { installCommand } from '../cli/install.ts';
import { environmentOf, readConfig } from '../config.ts';
import { connectBus } from '../live/connect.ts';
import { openLog } from '../log.ts';
import { outliveOutages } from '../unheard.ts';
import { startEngine } from './engine/engine.ts';
import { hostVariables } from './engine/environment.ts';
import { Flow } from './engine/flow.ts';
import { readHost } from './engine/host.ts';
import type { Engine } from './engine/resources.ts';
import { Courier } from './notifications/courier.ts';

// The run engine: takes runs from the queue and looks after the processes of agents. It serves nobody, so that the board
// stays quick whatever they do.

// A stop that somebody asked for ends the agents, so one that is starting starts first. When only this process is to be
// replaced (SIGHUP), or whoever started it is gone, the next worker takes them over.
const asked = Promise.withResolvers<void>();
let ending: 'interrupt' | 'leave' | undefined;
let isStarted = false;
function stop(how: 'interrupt' | 'leave'): void {
  ending = how === 'interrupt' ? how : (ending ?? how);
  asked.resolve();
  if (how === 'leave' && !isStarted) process.exit(0);
}
process.on('SIGTERM', () => stop('interrupt'));
process.on('SIGINT', () => stop('interrupt'));
process.on('SIGHUP', () => stop('leave'));
process.on('disconnect', () => stop('leave'));
if (process.send && !process.connected) stop('leave'); // it went while this was being loaded

const config = readConfig();
if (config.databaseUrl === undefined) throw new Error('DATABASE_URL is not set; npm start sets it');
const log = openLog({ level: config.logLevel, base: { process: 'worker' }, serializers: { error: stdSerializers.err } });
outliveOutages(log);

await mkdir(join(config.home, 'spool'), { recursive: true, mode: 0o700 });
const bus = await connectBus({ databaseUrl: config.databaseUrl, redisUrl: config.redisUrl, name: 'boardroom-worker' });
const db = openDatabase({ url: config.databaseUrl, connections: 4, bus });
const host = await readHost(config.home);
await installCommand(config.home);
const [instance] = await patiently(() => db.query<{ signingKey: Buffer }>(sql`SELECT signing_key AS "signingKey" FROM instance WHERE id = 1`));
if (!instance) throw new Error('the database has no instance; its migrations are not applied');

const engine: Engine = {
  db, host, log, findAdapter, home: config.home, apiUrl: config.apiUrl, target: localTarget, workspaces: localWorkspaces(hostVariables(environmentOf(config))),
  worker: { id: newId(), hostId: host.id, pid: process.pid, processStart: (await findProcess(process.pid))?.start ?? '' },
  hostVariables: hostVariables(environmentOf(config)),
  signToken: (run) => signRunToken(instance.signingKey, run),
  flow: new Flow(), supervised: new Map(), starting: new Map(),
};
const running = await startEngine(engine, config.databaseUrl);
const { smtpUrl, mailFrom } = config;
const courier = new Courier({
  db, log, instanceKey: instance.signingKey, boardUrl: config.apiUrl, allowsPrivate: config.notifyPrivate,
  mail: smtpUrl && mailFrom ? { smtpUrl, from: mailFrom } : null,
});
courier.start();
bus.listen((topic) => {
  if (topic === 'queue' || topic === '*') running.wake();
  if (topic === NOTIFICATIONS || topic === '*') courier.wake();
});

isStarted = true;
process.send?.({ ready: true }, () => undefined); // nobody there: the event above tells

await asked.promise;
await Promise.all([running.stop(ending ?? 'leave'), courier.close()]);
await bus.close();
await db.close();
process.exit(0);
