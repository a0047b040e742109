import type { ZodType } from 'zod';

/**
 * What an agent program must offer to be run. One small folder under adapters/ implements it, registry.ts lists it.
 *
 * Adapters know nothing of the database, GraphQL or processes: they turn a configuration into a command line or a
 * request, and output into meaning. The run engine (api/worker) does the rest: spawning, log, lease, timeout, cancel.
 */
export type Adapter<C = unknown> = ProcessAdapter<C> | RequestAdapter<C>;

interface Described<C> {
  /** Stored with every agent and run; never changes once released. */
  readonly type: string;
  readonly label: string;
  readonly description: string;
  /** Checks and completes an agent's configuration; errors are reported to people field by field. */
  readonly config: ZodType<C>;
  /** Dotted paths of fields whose value is never shown, logged or stored with a run; `env.*` means every value of env. */
  readonly secretKeys: readonly string[];
  /** Models known without asking anyone; empty where the notion does not apply. */
  readonly staticModels: readonly Model[];
  /** Models as the provider or the program lists them now. May throw: the caller falls back to `staticModels`. */
  models?(config: C, probe: Probe): Promise<readonly Model[]>;
  /** Is it installed, which version, logged in, does the folder exist. A failed check says in `hint` what to do. */
  test(config: C, probe: Probe): Promise<readonly Check[]>;
}

/** Runs as a local process whose end is the end of the run. */
export interface ProcessAdapter<C = unknown> extends Described<C> {
  readonly kind: 'process';
  /** Pure: the same context gives the same invocation. What must exist on disk goes into `files`. */
  invocation(context: RunContext<C>): Invocation;
  /** A fresh reader for one run. After a worker died it is fed the same text again, from the start. */
  reader(context: RunContext<C>): OutputReader;
}

/** Runs elsewhere: started by a request, finished by the `completeRun` mutation with the run's own token. */
export interface RequestAdapter<C = unknown> extends Described<C> {
  readonly kind: 'request';
  /**
   * Sends the request. `signal` aborts it when the run is cancelled or the worker stops. Must not throw for what the other side does.
   * `log` takes what people should read in the run's log: what was asked and answered, without secrets, bounded.
   */
  start(context: RunContext<C>, signal: AbortSignal, log?: (text: string) => void): Promise<Accepted | Outcome>;
  /** Tells the other side that nobody waits any more. Best effort. */
  cancel?(config: C, handle: Json, signal: AbortSignal): Promise<void>;
  /** How long an accepted run may take before it is TIMED_OUT; 0 = no limit. */
  timeoutSec(config: C): number;
  /** For people: what was requested. No secrets. */
  describe(config: C): { url: string };
}

/** What a run is told. Everything here is data of the company; nothing is secret but `env.BOARDROOM_API_KEY`. */
export interface RunContext<C = unknown> {
  readonly config: C;
  readonly run: { readonly id: string; readonly number: number; readonly source: string };
  readonly company: { readonly id: string; readonly name: string };
  readonly agent: {
    readonly id: string; readonly name: string; readonly role: string;
    readonly title: string | null; readonly capabilities: string | null;
  };
  /** The issue the run is about; null for a heartbeat. */
  readonly issue: IssueBrief | null;
  readonly wake: {
    readonly reason: string;
    /** The comment that woke the agent, if one did. */
    readonly commentId: string | null;
    /** Comments since the agent last ran, oldest first, shortened (at most 8, 12,000 characters in all). */
    readonly comments: readonly { readonly author: string; readonly body: string; readonly at: string }[];
    /** Everything else known of the wake: summaries of children, who asked. */
    readonly payload: Readonly<Record<string, Json>>;
  };
  /** What the last run of the same agent on the same task left to resume from; null = start fresh. */
  readonly session: Session | null;
  /** The working folder, absolute. It exists. */
  readonly cwd: string;
  /** A private folder of this run, absolute, where `Invocation.files` are written. */
  readonly scratchDir: string;
  /** BOARDROOM_* (and PAPERCLIP_*) as the process will see them. The engine sets them last; adapters only read. */
  readonly env: Readonly<Record<string, string>>;
}

export interface IssueBrief {
  readonly id: string; readonly identifier: string; readonly title: string; readonly description: string | null;
  readonly status: string; readonly priority: string;
  readonly parent: { readonly identifier: string; readonly title: string } | null;
  readonly project: string | null; readonly goal: string | null;
}

export interface Invocation {
  /** A name looked up on the PATH of the process, or a path. */
  readonly command: string;
  readonly args: readonly string[];
  /** Written to the process's standard input, which then ends. */
  readonly stdin?: string;
  /** Added to the allowed host variables; runtime-owned BOARDROOM_* win over these. */
  readonly env: Readonly<Record<string, string>>;
  /** Written (mode 0600) under `context.scratchDir` before the start: relative path -> content. */
  readonly files?: Readonly<Record<string, string>>;
  /** 0 = no limit. */
  readonly timeoutSec: number;
  /** Between SIGTERM and SIGKILL. */
  readonly graceSec: number;
}

/**
 * Turns what a process prints into transcript entries and, at the end, an outcome.
 * Must be a pure function of the text fed so far: text arrives cut anywhere (never within a character), and the cuts differ between runs.
 */
export interface OutputReader {
  feed(stream: 'stdout' | 'stderr', text: string): readonly TranscriptEntry[];
  /** Both streams ended: whatever an unfinished last line still yields. */
  end(): readonly TranscriptEntry[];
  /** Called once after `end`, when the process exited by itself (not when it was cancelled, timed out or lost). */
  outcome(exit: ProcessExit): Outcome;
  /** Usage, cost and session known so far; also asked for when the run was cancelled or timed out. */
  report(): Report;
}

export interface TranscriptEntry {
  readonly kind: 'INIT' | 'ASSISTANT' | 'THINKING' | 'TOOL_CALL' | 'TOOL_RESULT' | 'USER' | 'RESULT' | 'SYSTEM' | 'ERROR';
  readonly text: string;
  readonly tool?: string;
  readonly toolCallId?: string;
  readonly isError?: boolean;
  readonly data?: Json;
}

/** Exactly one of the two is set. */
export interface ProcessExit { readonly code: number | null; readonly signal: string | null }

/** What became of the work, as data. The engine turns it into a run status in one place. */
export type Outcome =
  | ({ readonly kind: 'succeeded' } & Report)
  | ({
      readonly kind: 'failed';
      /** UPPER_SNAKE, stable: a program can switch on it. */
      readonly code: string;
      readonly message: string;
      /** What a person can do about it. */
      readonly remedy?: string;
      readonly family?: ErrorFamily;
      /** RFC 3339: not worth trying before (a quota's reset). */
      readonly retryNotBefore?: string;
      /** The session could not be resumed: the engine clears it and runs once more without. */
      readonly retryFresh?: boolean;
    } & Report);

export type ErrorFamily = 'transient_upstream' | 'provider_quota' | 'model_refusal' | 'auth' | 'configuration';

/** What is known of a run's result besides success or failure; all of it optional. */
export interface Report {
  readonly summary?: string;
  readonly usage?: Usage;
  /** Millionths of a US dollar. Usage without a cost is recorded as unpriced, never as zero. */
  readonly costMicros?: bigint;
  /** What it is worth at list prices, by the program's own reckoning, where that knows more than the counts above tell: writes to caches, several models. */
  readonly worthMicros?: bigint;
  readonly provider?: string;
  readonly biller?: string;
  readonly billingType?: 'METERED_API' | 'SUBSCRIPTION_INCLUDED' | 'SUBSCRIPTION_OVERAGE' | 'CREDITS' | 'FIXED' | 'UNKNOWN';
  readonly model?: string;
  /** Absent = leave what is stored; null = forget it. */
  readonly session?: Session | null;
}

/** Of this run alone, not of the session. */
export interface Usage { readonly inputTokens: bigint; readonly cachedInputTokens: bigint; readonly outputTokens: bigint }

/** `params` is the adapter's own shape: session id, and whatever must match for a resume (folder, model, fingerprint). */
export interface Session { readonly params: Readonly<Record<string, Json>>; readonly displayId: string | null }

/** The other side took the request; `handle` is kept with the run for `cancel`. */
export interface Accepted { readonly kind: 'accepted'; readonly handle: Json; readonly message?: string }

export interface Model { readonly id: string; readonly label: string }

export interface Check {
  readonly name: string;
  readonly outcome: 'OK' | 'WARNING' | 'FAILED';
  readonly message: string;
  readonly hint?: string;
}

/** What `test` and `models` may do on the execution target. */
export interface Probe {
  /** The file a command resolves to on the PATH that agents get, or null. */
  which(command: string, options?: { cwd?: string; path?: string }): Promise<string | null>;
  /** Runs a short command to its end. Never throws: a command that cannot start has `code: null` and `error`. */
  run(command: string, args: readonly string[], options?: ProbeRun): Promise<ProbeResult>;
  folder(path: string): Promise<'ok' | 'missing' | 'not_a_folder' | 'not_writable'>;
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

export interface ProbeRun {
  readonly cwd?: string; readonly env?: Readonly<Record<string, string>>; readonly stdin?: string;
  /** Default 10,000. */
  readonly timeoutMs?: number;
}

export interface ProbeResult {
  readonly code: number | null; readonly stdout: string; readonly stderr: string;
  readonly timedOut: boolean; readonly error?: string;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
