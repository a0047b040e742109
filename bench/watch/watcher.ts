import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WatchOrder } from './main.ts';
import type { Heard } from './reader.ts';

/** Subscribers to logs, in a process of their own. */
export class Watcher {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), [], { serialization: 'advanced' });

  async watch(order: WatchOrder): Promise<Heard[]> {
    this.#child.send(order);
    const [answer] = (await once(this.#child, 'message')) as [{ heard?: Heard[]; error?: string }];
    if (!answer.heard) throw new Error(`watching failed: ${answer.error}`);
    return answer.heard;
  }

  stop(): void {
    this.#child.disconnect();
  }
}
