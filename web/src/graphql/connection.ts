import { createSignal } from 'solid-js';

export type Connection =
  | { state: 'connecting' }
  | { state: 'open' }
  /** Lost since then; the next attempt is made at `retryAt`. */
  | { state: 'lost'; since: number; retryAt: number };

const [connection, setConnection] = createSignal<Connection>({ state: 'connecting' });

/** How the live connection stands; the offline line and the live mark read it. */
export { connection };

export function connectionOpened(): void {
  setConnection({ state: 'open' });
}

export function connectionLost(waitMs: number): void {
  const before = connection();
  const now = Date.now();
  setConnection({ state: 'lost', since: before.state === 'lost' ? before.since : now, retryAt: now + waitMs });
}
