import { write } from '../../../prisma/transaction.ts';
import type { RunReport } from '../../../schema/run/commands/finish-run.ts';
import { reportUsage } from '../../../schema/run/commands/report-usage.ts';
import type { Engine } from './resources.ts';

/** What a run used is told so often at most: a limit is noticed by the report that passes it, and reports are transactions. */
const EVERY_MS = 1_000;

export interface Feed {
  readonly runId: string;
  readonly leaseToken: number;
  /** What is known of the run now. */
  readonly report: () => RunReport;
  /** The run is to end: it has used too much. */
  readonly onStop: (reason: string) => void;
}

/**
 * Tells what a run has used while it prints. Each report is of the whole run so far, so that one which is sent again, by this
 * worker or by the one that takes over, changes nothing. What comes after the last is in the report of the end.
 */
export class UsageFeed {
  readonly #engine: Engine;
  readonly #feed: Feed;
  #told = '';
  #lookedAt = -EVERY_MS;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | null = null;
  #isClosed = false;

  constructor(engine: Engine, feed: Feed) {
    this.#engine = engine;
    this.#feed = feed;
  }

  /** More was read: there may be something to tell, now or when the next report is due. */
  look(): void {
    if (this.#isClosed || this.#sending || this.#timer) return;
    const waitMs = this.#lookedAt + EVERY_MS - performance.now();
    if (waitMs > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.look();
      }, waitMs);
      return;
    }
    this.#lookedAt = performance.now();
    const report = this.#feed.report();
    const words = JSON.stringify([report.usage, report.costMicros, report.model, report.billingType], (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
    if (!report.usage || words === this.#told) return;
    this.#sending = this.#send(report.usage, report, words).finally(() => {
      this.#sending = null;
      this.look(); // it did not arrive, or more was read meanwhile and nothing may come after it for long
    });
  }

  /** Tells nothing more; settles when what is under way has arrived or failed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#sending;
  }

  async #send(usage: NonNullable<RunReport['usage']>, report: RunReport, words: string): Promise<void> {
    const { runId, leaseToken, onStop } = this.#feed;
    const { costMicros, provider, biller, billingType, model } = report;
    try {
      const reported = await write(this.#engine.db, (tx) => reportUsage(tx, { runId, leaseToken, usage, costMicros, provider, biller, billingType, model }));
      this.#told = words;
      if (reported.kind === 'notRunning') this.#isClosed = true;
      else if (reported.stop !== null) onStop(reported.stop);
    } catch (error) {
      this.#engine.log.warn({ runId, error }, 'what a run used could not be stored; trying again');
    }
  }
}
