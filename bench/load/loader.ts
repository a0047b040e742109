import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadResult, Order } from './orders.ts';

/** The load client, in a process of its own so that measuring does not share a thread with what drives it. */
export class Loader {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), [], { serialization: 'advanced' });

  async run(order: Order): Promise<LoadResult> {
    this.#child.send(order);
    const [answer] = (await once(this.#child, 'message')) as [{ result?: LoadResult; error?: string }];
    if (!answer.result) throw new Error(`the load client failed: ${answer.error}`);
    return answer.result;
  }

  stop(): void {
    this.#child.disconnect();
  }
}
