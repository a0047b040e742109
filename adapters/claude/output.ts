import { boundedText } from '../bounded.ts';
import type { OutputReader, ProcessExit, Report, RunContext, TranscriptEntry } from '../contract.ts';
import { LineSplitter } from '../lines.ts';
import type { ClaudeConfig } from './config.ts';
import { failureOf } from './errors.ts';
import { dateOfSeconds } from './reset-time.ts';
import { resumeOf, sessionOf } from './session.ts';
import type { StreamLine, TokenCounts } from './stream.ts';
import { parseLine } from './stream.ts';
import { entriesOf } from './transcript.ts';
import type { Payment } from './usage.ts';
import { billingTypeOf, costMicrosOf, providerOf, usageOf, usageOfCounts } from './usage.ts';

/** A tool may return a large file or picture, which is one line. Beyond this a line is left out of the transcript; the log keeps it. */
const longestLine = 16 * 1024 * 1024;
const longestStderrLine = 64 * 1024;
const stderrTail = 4_000;
const longestSummary = 2_000;

/** Reads what Claude Code prints: one JSON object a line on standard output, anything else as it comes. */
export function claudeReader(context: RunContext<ClaudeConfig>, clock: () => Date = () => new Date()): OutputReader {
  return new ClaudeReader(context, clock);
}

class ClaudeReader implements OutputReader {
  readonly #context: RunContext<ClaudeConfig>;
  readonly #clock: () => Date;
  readonly #stdout = new LineSplitter(longestLine, (line, isPart) => this.#readLine(line, isPart));
  readonly #stderr = new LineSplitter(longestStderrLine, (line) => this.#readStderr(line));
  readonly #isResumed: boolean;

  #entries: TranscriptEntry[] = [];
  #isInLongLine = false;
  #stderrTail = '';
  #sessionId: string | null = null;
  #model: string | null = null;
  #requestError: string | null = null;
  #limitResetsAt: Date | null = null;
  #result: StreamLine | null = null;
  readonly #payment: Payment = { apiKeySource: undefined, isSubscription: false, isOverage: false };
  /** By message: each of its lines repeats the same counts. */
  readonly #counts = new Map<string, TokenCounts>();

  constructor(context: RunContext<ClaudeConfig>, clock: () => Date) {
    this.#context = context;
    this.#clock = clock;
    const resume = resumeOf(context);
    this.#isResumed = resume.sessionId !== null;
    if (resume.sessionId === null && resume.reason !== null) this.#say(`Starting a new conversation: ${resume.reason}`);
  }

  feed(stream: 'stdout' | 'stderr', text: string): readonly TranscriptEntry[] {
    (stream === 'stdout' ? this.#stdout : this.#stderr).feed(text);
    return this.#taken();
  }

  end(): readonly TranscriptEntry[] {
    this.#stdout.end();
    this.#stderr.end();
    return this.#taken();
  }

  outcome(exit: ProcessExit): ReturnType<OutputReader['outcome']> {
    const report = this.report();
    const failure = failureOf({
      exit, result: this.#result, requestError: this.#requestError, limitResetsAt: this.#limitResetsAt,
      stderr: this.#stderrTail, isResumed: this.#isResumed, now: this.#clock(),
    });
    if (failure === null) return { kind: 'succeeded', ...report };
    const { forgetsSession, ...told } = failure;
    return { kind: 'failed', ...report, ...told, ...(forgetsSession ? { session: null } : {}) };
  }

  report(): Report {
    // A run that was stopped has no result line: what its messages counted is the least it used, at no known price.
    const usage = this.#result === null ? usageOfCounts([...this.#counts.values()]) : usageOf(this.#result);
    const billingType = billingTypeOf(this.#payment, this.#context.config);
    const worthMicros = this.#result === null ? undefined : costMicrosOf(this.#result);
    const costMicros = billingType === 'SUBSCRIPTION_INCLUDED' ? undefined : worthMicros;
    const session = this.#sessionId === null ? null : sessionOf(this.#sessionId, this.#context);
    const summary = this.#result?.is_error === true ? '' : (this.#result?.result ?? '').trim();
    return {
      ...providerOf(this.#context.config),
      billingType,
      ...(summary === '' ? {} : { summary: boundedText(summary, longestSummary) }),
      ...(usage === undefined ? {} : { usage }),
      ...(costMicros === undefined ? {} : { costMicros }),
      ...(worthMicros === undefined ? {} : { worthMicros }),
      ...(this.#model === null ? {} : { model: this.#model }),
      ...(session === null ? {} : { session }),
    };
  }

  #readLine(line: string, isPart: boolean): void {
    if (isPart) {
      if (!this.#isInLongLine) this.#say(`A line of more than ${longestLine / 1024 / 1024} MiB was left out`);
      this.#isInLongLine = true;
      return;
    }
    this.#isInLongLine = false;
    const event = parseLine(line);
    if (event === null) {
      if (line.trim() !== '') this.#say(line, 'stdout');
      return;
    }
    this.#note(event);
    this.#entries.push(...entriesOf(event));
  }

  #readStderr(line: string): void {
    this.#stderrTail = `${this.#stderrTail}${line}\n`.slice(-stderrTail);
    if (line.trim() !== '') this.#say(line, 'stderr');
  }

  #note(event: StreamLine): void {
    switch (event.type) {
      case 'system':
        if (event.subtype === 'init') this.#noteInit(event);
        return;
      case 'assistant':
        // Of the agent itself; what a sub-agent's request met is the agent's to deal with.
        if (event.parent_tool_use_id === undefined) this.#requestError = event.error ?? null;
        if (event.message?.id !== undefined && event.message.usage) this.#counts.set(event.message.id, event.message.usage);
        return;
      case 'rate_limit_event':
        this.#noteLimit(event.rate_limit_info);
        return;
      case 'result':
        this.#result = event;
    }
  }

  #noteInit({ session_id, model, apiKeySource }: StreamLine): void {
    this.#sessionId = session_id ?? null;
    // Without the size of its window, `[1m]`, which differs between the runs of one session.
    this.#model = model?.replace(/\[\w+\]$/, '') ?? null;
    this.#payment.apiKeySource = apiKeySource;
  }

  #noteLimit(info: StreamLine['rate_limit_info']): void {
    if (info === undefined) return;
    this.#payment.isSubscription = true;
    if (info.isUsingOverage === true) this.#payment.isOverage = true;
    this.#limitResetsAt = info.status === 'rejected' ? dateOfSeconds(info.resetsAt) : null;
  }

  #say(text: string, stream?: 'stdout' | 'stderr'): void {
    this.#entries.push({ kind: 'SYSTEM', text: boundedText(text), ...(stream === undefined ? {} : { data: { stream } }) });
  }

  #taken(): readonly TranscriptEntry[] {
    const taken = this.#entries;
    this.#entries = [];
    return taken;
  }
}
