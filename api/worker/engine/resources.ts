import type { Adapter } from '../../../adapters/contract.ts';
import type { Target } from '../../../adapters/targets/contract.ts';
import type { WorkspaceHost } from '../../../adapters/workspaces/contract.ts';
import type { Database } from '../../../prisma/client.ts';
import type { WorkerIdentity } from '../../../schema/run/commands/renew-leases.ts';
import type { Flow } from './flow.ts';
import type { Host } from './host.ts';

/** What the parts of the engine share. */
export interface Engine {
  readonly db: Database;
  readonly worker: WorkerIdentity;
  readonly host: Host;
  readonly home: string;
  readonly apiUrl: string;
  readonly target: Target;
  readonly workspaces: WorkspaceHost;
  readonly findAdapter: (type: string) => Adapter | undefined;
  /** Variables of this process that agents inherit. */
  readonly hostVariables: Readonly<Record<string, string>>;
  readonly signToken: (run: { agentId: string; companyId: string; runId: string }) => Promise<string>;
  /** Bounds what all logs together may ask of the database. */
  readonly flow: Flow;
  readonly log: Log;
  /** Runs that this worker looks after, by id. */
  readonly supervised: Map<string, Supervision>;
  /** Runs that it is about to look after: claimed or taken over, and on their way. */
  readonly starting: Map<string, Promise<void>>;
}

/** One run in this worker's care. Each call returns at once; `done` settles when the worker has let go of the run. */
export interface Supervision {
  readonly runId: string;
  readonly leaseToken: number;
  readonly done: Promise<void>;
  /** Nothing runs yet: a stop need not wait for it to start. */
  readonly isPreparing?: boolean;
  cancel(reason: string): void;
  /** Boardroom stops: the run is ended within seconds. */
  interrupt(): void;
  /** Lets go without touching the process: somebody else has the run, or will adopt it. */
  abandon(): void;
}

export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
