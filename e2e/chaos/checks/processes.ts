import { setTimeout as sleep } from 'node:timers/promises';
import { census } from '../census.ts';
import type { Problem, Tally } from '../tally.ts';

const LOOK_EVERY_MS = 300;
const GONE_WITHIN_MS = 4_000;

/** Looks again and again whether any run has two processes. */
export class ProcessWatch {
  readonly #home: string;
  readonly #tally: Tally;
  readonly #timer: NodeJS.Timeout;
  readonly problems = new Map<string, Problem>();

  constructor(home: string, tally: Tally) {
    this.#home = home;
    this.#tally = tally;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    this.#tally.count('looks at the process table');
    const agents = census(this.#home).filter((member) => member.kind === 'agent' && member.runId !== null);
    for (const [runId, members] of Map.groupBy(agents, (member) => member.runId as string)) {
      const sessions = new Set(members.map((member) => member.session));
      if (sessions.size > 1) this.problems.set(runId, { check: 'one process for a run', text: `run ${runId} had the process groups ${[...sessions].join(', ')} at once` });
    }
  }
}

/** With no run under way no agent may be there, and of everything else exactly one. */
export async function checkProcesses(home: string): Promise<Problem[]> {
  const agents = () => census(home).filter((member) => member.kind === 'agent');
  for (const end = Date.now() + GONE_WITHIN_MS; agents().length > 0 && Date.now() < end; ) await sleep(50);
  return agents().map(({ pid, runId, command }) => ({ check: 'no agent without a run', text: `process ${pid} of run ${runId} (${command.slice(0, 80)})` }));
}
