import type { ProcessExit } from '../contract.ts';

/**
 * Where a process runs. Everything is asked by a handle that is stored with the run, so that another worker, or a new
 * connection, can go on where the last one stopped.
 */
export interface Target {
  /** Checks folder and command, then starts it detached, in a process group of its own, writing to the spool folder. */
  start(order: StartOrder): Promise<Started | StartFailure>;
  /** What is true of a process that was started, or was about to be started, with this spool folder. */
  look(handle: ProcessHandle): Promise<ProcessState>;
  /**
   * Forbids a start that may still be under way. False: too late, the process has begun.
   * The spool folder decides this by creating one file, so a start and a ban can never both win.
   */
  forbidStart(spoolDir: string): Promise<boolean>;
  /** The output files, to be read from any offset. */
  openTail(spoolDir: string): Promise<Tail>;
  /** Sends a signal to the group; the wrapper survives SIGTERM, and SIGKILL spares it so that it records the end. */
  signal(handle: ProcessHandle, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Stops the group where it stands, or lets it go on. A stopped process does not notice SIGTERM until it goes on. */
  hold(handle: ProcessHandle, isHeld: boolean): Promise<void>;
  /** Ends whatever lives on in the group of a process that is gone. Returns what was ended. */
  endLeftovers(handle: ProcessHandle): Promise<readonly Leftover[]>;
}

export interface StartOrder {
  readonly spoolDir: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  /** Relative path -> content, written below the spool folder's `files`. */
  readonly files: Readonly<Record<string, string>>;
}

export interface Started {
  readonly kind: 'started';
  readonly handle: ProcessHandle;
  /** Settles when the process ends, where that is noticed without looking. */
  readonly ended: Promise<void>;
}

/** A start that did not happen. Nothing runs. */
export interface StartFailure {
  readonly kind: 'refused';
  readonly code: StartFailureCode;
  readonly message: string;
  readonly remedy: string;
}

export type StartFailureCode =
  | 'CWD_MISSING' | 'CWD_NOT_A_FOLDER' | 'COMMAND_NOT_FOUND' | 'COMMAND_NOT_EXECUTABLE' | 'ARGUMENTS_TOO_LONG' | 'SPAWN_FAILED' | 'START_FORBIDDEN';

export interface ProcessHandle {
  readonly spoolDir: string;
  /** Leader of the process group; null while only the spool folder knows it. */
  readonly pid: number | null;
  /** When that process began, in the target's own words: tells it from a later one with the same pid. */
  readonly processStart: string | null;
}

export type ProcessState =
  | { readonly kind: 'notStarted' }
  | { readonly kind: 'running'; readonly pid: number; readonly processStart: string }
  | { readonly kind: 'exited'; readonly pid: number; readonly exit: ProcessExit; readonly at: Date }
  /** It was started, is gone, and left no word of how it ended. */
  | { readonly kind: 'lost' };

export type Stream = 'stdout' | 'stderr';

export interface Tail {
  /** What is written from `offset` on, at most `max` bytes; empty when there is nothing yet. */
  read(stream: Stream, offset: number, max: number): Promise<Buffer>;
  /** How much has been written to a stream. */
  size(stream: Stream): Promise<number>;
  /** Calls back when there may be more to read, or with `true` when the process may have ended; also now and then without cause. */
  onChange(callback: (mayHaveEnded: boolean) => void): void;
  close(): void;
}

export interface Leftover { readonly pid: number; readonly command: string }
