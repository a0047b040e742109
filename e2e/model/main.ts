import { parseArgs } from 'node:util';
import { copyDatabase, startTestServer } from '../../prisma/throwaway.ts';
import { settle, walk } from './walk.ts';
import { World } from './world.ts';

// npm run model -- --steps 10000 --seed 1: lets so much happen to a company and tells the first thing that must not be.

const { values } = parseArgs({ options: { steps: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } } });
const [steps, seed] = [Number(values.steps), Number(values.seed)];
const { stop, ...server } = await startTestServer();
const database = await copyDatabase(server);
const world = await World.open(database.url, seed);
const trail: string[] = [];
try {
  const startedAt = Date.now();
  const { counts } = await walk(world, steps, (step, event) => {
    trail.push(`${step} ${event}`);
    if (step % 500 === 0) process.stdout.write(`${step} of ${steps}, ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
  });
  const runs = await settle(world, 1_000);
  process.stdout.write(`${steps} steps from seed ${seed}: every claim holds, and left alone the company came to rest after ${runs} runs. ${JSON.stringify(counts)}\n`);
} catch (error) {
  process.stdout.write(`seed ${seed}: ${(error as Error).message}\nbefore it: ${trail.slice(-12).join(', ')}\n${String((error as Error).cause ?? '')}\n`);
  process.exitCode = 1;
} finally {
  await world.close();
  await database.drop();
  await stop();
}
