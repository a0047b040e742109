import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask } from '../support/boardroom.ts';
import type { Installation } from './installation.ts';

export interface Company {
  id: string;
  agents: Record<Profile, string>;
  /** Where agents write down what they did; a file for each run. */
  witness: string;
}

const profiles = {
  steady: { lines: 150, pauseMs: 15, burst: 2, exit: 0 },
  bursts: { lines: 3_000, pauseMs: 120, burst: 200, exit: 0 },
  slow: { lines: 30, pauseMs: 100, burst: 1, exit: 0 },
  failing: { lines: 100, pauseMs: 20, burst: 3, exit: 3 },
  brief: { lines: 5, pauseMs: 0, burst: 1, exit: 0 },
  /** Outlives a lease. */
  long: { lines: 700, pauseMs: 50, burst: 2, exit: 0 },
} satisfies Record<string, { lines: number; pauseMs: number; burst: number; exit: number }>;

export type Profile = keyof typeof profiles;
/** What ends within a few seconds. */
export const shortProfiles: readonly [Profile, ...Profile[]] = ['steady', 'bursts', 'slow', 'failing', 'brief'];

export function linesOf(profile: Profile): number {
  return profiles[profile].lines;
}

/** A company with an agent of each profile, all the same script. */
export async function foundCompany({ address, home }: Installation): Promise<Company> {
  const witness = join(home, 'witness');
  await mkdir(witness, { recursive: true });
  const { createCompany } = await ask<{ createCompany: { id: string } }>(
    address, 'mutation { createCompany(input: { name: "Chaos", prefix: "CHAOS" }) { id } }',
  );
  // Agents are woken without end here, and some fail each time: no breaker is to end that.
  await ask(address, 'mutation($input: SetBreakersInput!) { setBreakers(input: $input) { effective { runsPerHour } } }', { input: { companyId: createCompany.id, consecutiveFailures: 0, runsWithoutProgress: 0, runsPerHour: 0, runsPerDay: 0 } });
  const agents: Partial<Record<Profile, string>> = {};
  for (const profile of Object.keys(profiles) as Profile[]) {
    const { lines, pauseMs, burst, exit } = profiles[profile];
    const { createAgent } = await ask<{ createAgent: { id: string } }>(
      address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }',
      { input: {
        companyId: createCompany.id, name: profile, adapterType: 'process', maxConcurrentRuns: 3,
        adapterConfig: {
          command: process.execPath, args: [fileURLToPath(new URL('agent.mjs', import.meta.url))],
          env: { CHAOS_LINES: String(lines), CHAOS_PAUSE_MS: String(pauseMs), CHAOS_BURST: String(burst), CHAOS_EXIT: String(exit), CHAOS_WITNESS: witness },
        },
      } },
    );
    agents[profile] = createAgent.id;
  }
  return { id: createCompany.id, agents: agents as Record<Profile, string>, witness };
}
