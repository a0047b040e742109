import type { Database } from '../prisma/client.ts';
import type { Tx, WriteOptions } from '../prisma/transaction.ts';
import type { Principal } from './access/principal.ts';
import type { Adapters } from './agent/adapters.ts';
import type { Files } from './attachment/upload.ts';
import type { NotificationChannels } from './notification/channels.ts';
import type { Loading } from './shared/loading.ts';
import type { WorkspaceFolders } from './workspace/folders.ts';

/** What a request has at hand. What a field needs of the process is an interface here, fulfilled in api/server. */
export interface Context {
  readonly principal: Principal;
  readonly db: Database;
  readonly loading: Loading;
  readonly adapters: Adapters;
  readonly workspaces: WorkspaceFolders;
  readonly live: Live;
  readonly files: Files;
  readonly notifications: NotificationChannels;
  /** Shown with masked errors, and logged. */
  readonly requestId: string;
  readonly version: string;
  /** Runs a command in one transaction and forgets what this request has read before it. */
  write<T>(command: (tx: Tx, by: Principal) => Promise<T>, options?: WriteOptions): Promise<T>;
}

/** Where subscriptions hear that something has happened on a topic; what has happened they read from the tables. */
export interface Live {
  open(topic: string): Wakes;
}

export interface Wakes {
  /** True as soon as the topic was poked since the last call (or a slow poll is due); false once closed. */
  next(): Promise<boolean>;
  /** Makes next() answer after so long, also when nobody pokes: for what is there but may not be told yet. */
  within(ms: number): void;
  close(): void;
}
