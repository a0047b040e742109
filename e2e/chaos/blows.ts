import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { census, environmentOf, type Kind, signal } from './census.ts';
import type { Chance } from './chance.ts';
import type { Installation } from './installation.ts';
import type { Tally } from './tally.ts';

export const mainBlows = ['worker', 'postgres', 'supervisor', 'freeze', 'api', 'everything', 'storm', 'backend', 'stop', 'agent'] as const;
/** Those that take no time of their own, so that several fit in a round. */
const quickBlows = ['worker', 'api', 'postgres', 'backend', 'supervisor', 'agent', 'everything'] as const;
export type Blow = (typeof mainBlows)[number];

export interface Strike {
  blow: Blow;
  /** After the one before. */
  afterMs: number;
}

/** The main blow of a round and up to three others around it. */
export function planStrikes(main: Blow, chance: Chance): Strike[] {
  const extra = Array.from({ length: main === 'freeze' || main === 'storm' ? 0 : chance.between(0, 3) }, () => chance.pick(quickBlows));
  const at = chance.between(0, extra.length);
  const blows: Blow[] = [...extra.slice(0, at), main, ...extra.slice(at)];
  // At once as often as later: what is just starting is hit as well as what is at work.
  return blows.map((blow, index) => ({ blow, afterMs: index === 0 ? chance.between(100, 2_500) : chance.is(0.4) ? chance.between(0, 80) : chance.between(80, 1_800) }));
}

const LEASE_AND_MORE_MS = 14_000;
const workerFile = fileURLToPath(new URL('../../api/worker/main.ts', import.meta.url));

/** Carries out blows on one installation. Afterwards everything is on its way up again, and nothing is frozen. */
export class Arm {
  readonly #installation: Installation;
  readonly #chance: Chance;
  readonly #tally: Tally;
  /** When it was last asked to stop in good order, which ends agents. */
  stoppedAt: number | null = null;
  /** A clean stop that was not clean. */
  readonly remains: string[] = [];

  constructor(installation: Installation, chance: Chance, tally: Tally) {
    this.#installation = installation;
    this.#chance = chance;
    this.#tally = tally;
  }

  async strike(blow: Blow): Promise<void> {
    this.#installation.note(blow);
    this.#tally.count(`blows: ${blow}`);
    switch (blow) {
      case 'worker': case 'api': case 'postgres': return this.#kill(blow, 1);
      // The launcher's parent watches only the postmaster: it is for Postgres itself to recover.
      case 'backend': return this.#kill(blow, this.#chance.between(1, 2));
      case 'agent': return this.#kill(blow, this.#chance.between(1, 3));
      case 'supervisor': return this.#killSupervisor([]);
      case 'everything': return this.#killSupervisor(['api', 'worker', 'postgres']);
      case 'storm': return this.#storm();
      case 'stop': return this.#stop();
      case 'freeze': return this.#chance.is(0.5) ? this.#freezeBesideTwin() : this.#freezeAndSucceed();
    }
  }

  /** So close together that nothing gets up in between. */
  async #storm(): Promise<void> {
    for (let blows = this.#chance.between(6, 14); blows > 0; blows -= 1) {
      await this.strike(this.#chance.pick(quickBlows));
      await sleep(this.#chance.between(0, 600));
    }
  }

  #kill(kind: Kind, count: number): void {
    for (let i = 0; i < count; i += 1) {
      const victim = this.#chance.pick(census(this.#installation.home).filter((member) => member.kind === kind));
      if (victim && signal(victim, 'SIGKILL')) this.#installation.note(`killed ${kind} ${victim.pid} (${victim.command.slice(0, 80)})`);
    }
  }

  async #killSupervisor(others: Kind[]): Promise<void> {
    const order = this.#chance.is(0.5);
    if (order) for (const kind of others) this.#kill(kind, 1);
    await this.#installation.kill();
    if (!order) for (const kind of others) this.#kill(kind, 1);
    await sleep(this.#chance.is(0.5) ? 0 : this.#chance.between(0, 1_500));
    this.#installation.start();
  }

  async #stop(): Promise<void> {
    this.stoppedAt = Date.now();
    const code = await this.#installation.stop();
    if (code !== 0) this.remains.push(`it ended with ${code}`);
    for (const member of census(this.#installation.home)) this.remains.push(`${member.kind} ${member.pid} was left (${member.command.slice(0, 80)})`);
    this.#installation.start();
  }

  /** A worker stands still for longer than its lease, while another one works; then it goes on where it stood. */
  async #freezeBesideTwin(): Promise<void> {
    const frozen = this.#workers()[0];
    if (!frozen) return;
    const twin = fork(workerFile, [], { env: environmentOf(frozen.pid), execArgv: [], detached: true, stdio: 'ignore' });
    await new Promise((resolve) => twin.once('message', resolve));
    await sleep(this.#chance.between(0, 1_000));
    if (signal(frozen, 'SIGSTOP')) this.#installation.note(`froze ${frozen.pid}, its twin is ${twin.pid}`);
    await sleep(LEASE_AND_MORE_MS);
    signal(frozen, 'SIGCONT');
    await sleep(this.#chance.between(0, 2_000));
    await this.#endTwin(twin);
  }

  async #endTwin(twin: ChildProcess): Promise<void> {
    const gone = new Promise((resolve) => twin.once('exit', resolve));
    // Replaced in good order, or not.
    twin.kill(this.#chance.is(0.5) ? 'SIGHUP' : 'SIGKILL');
    await gone;
  }

  /** The same, but its whole Boardroom has been killed and started anew meanwhile. */
  async #freezeAndSucceed(): Promise<void> {
    const frozen = this.#workers()[0];
    if (!frozen || !signal(frozen, 'SIGSTOP')) return;
    this.#installation.note(`froze ${frozen.pid}`);
    await this.#killSupervisor([]);
    await sleep(LEASE_AND_MORE_MS);
    signal(frozen, 'SIGCONT');
  }

  #workers() {
    return census(this.#installation.home).filter((member) => member.kind === 'worker');
  }
}
