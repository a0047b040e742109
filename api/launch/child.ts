import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that is kept running. */
export interface ChildPlan {
  name: string;
  file: string;
  environment: NodeJS.ProcessEnv;
  args?: string[];
  execArgv?: string[];
  /** How long it gets to stop by itself. */
  patienceMs?: number;
  /** It has work outside of itself to end when it is stopped: where it has just died, it is started once more for that. */
  endsWork?: boolean;
  say: (line: string) => void;
}

/** Sent by a process when it can do its work. */
interface ReadyMessage {
  ready: true;
  port?: number;
}

/** A process ended each time before it could work; it has said why itself. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;
const steadyMs = 30_000;
const futileStarts = 3;
const lastStarts = 3;

/** One process of Boardroom: started again whenever it ends, after a pause that grows while it keeps ending soon. */
export class KeptChild {
  #plan: ChildPlan;
  #child: ChildProcess | undefined;
  #stopping = false;
  #everReady = false;
  /** Of the process that runs now. */
  #readiness = Promise.withResolvers<void>();
  #isLeaving = false;
  #isGivenUp = false;
  #pauseMs = firstPauseMs;
  #failedStarts = 0;
  #becameReady = Promise.withResolvers<ReadyMessage>();
  #given = Promise.withResolvers<never>();

  constructor(plan: ChildPlan) {
    this.#plan = plan;
    // Either may settle while nobody looks.
    this.#given.promise.catch(() => undefined);
    this.#start();
  }

  /** Settles when the process first says it is ready; rejects when it cannot even start. */
  get ready(): Promise<ReadyMessage> {
    return Promise.race([this.#becameReady.promise, this.#given.promise]);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Replaces the process by one with another environment; SIGHUP tells it that its work goes on. */
  replace(environment: NodeJS.ProcessEnv): void {
    this.#plan = { ...this.#plan, environment };
    this.#isLeaving = true;
    this.#child?.kill('SIGHUP');
  }

  /** Asks the process to end, then makes it. False: what it had to end may live on. */
  async stop(): Promise<boolean> {
    this.#stopping = true;
    for (let attempt = 1; ; attempt += 1) {
      const end = await this.#end();
      if (!this.#plan.endsWork || end === 'good') return true;
      if (end === 'late' || this.#isGivenUp || attempt === lastStarts) return false;
      this.#plan.say(`the ${this.#plan.name} did not end its work; starting it once more for that`);
      this.#start();
    }
  }

  async #end(): Promise<'good' | 'bad' | 'late'> {
    const child = this.#child;
    if (!child) return 'bad';
    const { name, endsWork, patienceMs = endsWork ? 15_000 : 10_000 } = this.#plan;
    const ended = exitOf(child);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#plan.say(`the ${name} did not stop in time and was ended`);
      child.kill('SIGKILL');
    }, patienceMs);
    // One that is still starting does not know yet what it has to end.
    if (endsWork) await Promise.race([this.#readiness.promise, ended]);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
    if (isLate) return 'late';
    return child.exitCode === 0 && !this.#isLeaving ? 'good' : 'bad';
  }

  /** Ends it at once. */
  kill(): void {
    this.#stopping = true;
    this.#child?.kill('SIGKILL');
  }

  #start(): void {
    const { file, args = [], environment, execArgv = [] } = this.#plan;
    const startedAt = performance.now();
    this.#child = undefined;
    this.#isLeaving = false;
    const readiness = (this.#readiness = Promise.withResolvers<void>());
    // No room for a process, or no file left to talk to it by: Node throws some of these errors and emits others, without an exit.
    const notBegun = (error: Error) => {
      this.#child = undefined;
      void this.#ended(`could not be started (${error.message})`, true, 0);
    };
    let child: ChildProcess;
    try {
      // In a session of its own, so that Ctrl-C reaches only the supervisor, which then stops everything in order.
      child = fork(file, args, { env: environment, execArgv, detached: true });
    } catch (error) {
      return notBegun(error as Error);
    }
    this.#child = child;
    child.on('message', (message) => {
      if (!isReady(message)) return;
      readiness.resolve();
      this.#everReady = true;
      this.#failedStarts = 0;
      this.#becameReady.resolve(message);
    });
    // Of one that runs: a signal that did not reach it, or a message.
    child.on('error', (error) => child.pid === undefined && notBegun(error));
    // One that somebody killed has not shown that it cannot start.
    child.once('exit', (code, signal) => void this.#ended(signal ? `was ended by ${signal}` : `ended with code ${code}`, signal === null, performance.now() - startedAt));
  }

  async #ended(how: string, isFailure: boolean, livedMs: number): Promise<void> {
    if (this.#stopping) return;
    if (isFailure) this.#failedStarts += 1;
    if (!this.#everReady && this.#failedStarts >= futileStarts) {
      this.#isGivenUp = true;
      this.#given.reject(new CannotStart(`The ${this.#plan.name} cannot start (${how}).`));
      return;
    }
    if (livedMs > steadyMs) this.#pauseMs = firstPauseMs;
    this.#plan.say(`the ${this.#plan.name} ${how}; starting it again`);
    await sleep(this.#pauseMs, undefined, { ref: false });
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    if (!this.#stopping) this.#start();
  }
}

function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;
}
