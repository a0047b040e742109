import { checkAlways, checkMovers, checkStep, momentOf } from './claims.ts';
import { EVENTS, type EventName } from './events.ts';
import type { World } from './world.ts';

export interface Walked { steps: number; counts: Partial<Record<EventName, number>> }

const names = Object.keys(EVENTS) as EventName[];
const choices = names.map((name) => [EVENTS[name][0], name] as const);

/** Lets so many things happen, one after the other, and checks after each what must always hold. */
export async function walk(world: World, steps: number, onStep: (step: number, event: EventName) => void = () => undefined): Promise<Walked> {
  const counts: Walked['counts'] = {};
  for (let step = 1; step <= steps; step += 1) {
    const event = step % 25 === 0 ? 'look' : world.chance.weighted(choices);
    counts[event] = (counts[event] ?? 0) + 1;
    onStep(step, event);
    try {
      const before = await momentOf(world);
      await EVENTS[event][1](world);
      await checkStep(world, before);
      await checkAlways(world);
      if (event === 'look') await checkMovers(world);
    } catch (error) {
      throw new Error(`step ${step} (${event}): ${(error as Error).message}`, { cause: error });
    }
  }
  return { steps, counts };
}

/** Left alone, with runs that end somehow and do nothing, the company comes to rest: what follows by itself is bounded. Gives back the runs it took. */
export async function settle(world: World, rounds: number): Promise<number> {
  let runs = 0;
  for (let round = 0; round < rounds; round += 1) {
    world.pass(30 * 60_000);
    await EVENTS.look[1](world);
    const before = await world.db.prisma.run.count({ where: { companyId: world.companyId, status: 'RUNNING' } });
    await EVENTS.claim[1](world);
    const after = await world.db.prisma.run.count({ where: { companyId: world.companyId, status: 'RUNNING' } });
    const waiting = await world.db.prisma.run.count({ where: { companyId: world.companyId, status: { in: ['QUEUED', 'SCHEDULED_RETRY'] }, agent: { status: { notIn: ['PAUSED', 'TERMINATED'] } } } });
    if (after === 0 && waiting === 0) return runs;
    if (after > before) runs += 1;
    if (after > 0) await EVENTS.end[1](world);
  }
  throw new Error(`after ${rounds} rounds there are still runs that nobody asked for`);
}
