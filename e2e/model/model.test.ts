import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../prisma/testing.ts';
import { settle, walk } from './walk.ts';
import { World } from './world.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => { database = await testDatabase(); });
afterAll(() => database.drop());

// More of them, and other seeds: npm run model -- --steps 10000 --seed 7
test('six hundred random events leave no work without a mover, no lock without a run, and no second set of children', async () => {
  const world = await World.open(database.url, 1);
  try {
    const { counts } = await walk(world, 600);
    expect(Object.keys(counts).length).toBeGreaterThan(20);
    // Left alone, with nobody answering anything, it comes to rest: what follows by itself is bounded.
    await settle(world, 400);
  } finally {
    await world.close();
  }
});
