import { CHUNK_BYTES, nextChunk } from '../../../adapters/spool/chunk.ts';
import type { Database } from '../../../prisma/client.ts';
import { appendLog, logPosition, type NewChunk } from '../../../schema/run/commands/append-log.ts';

/** Boardroom's own words in a run's log, for runs that print nothing themselves. */
export class SystemLog {
  readonly #db: Database;
  readonly #run: { runId: string; leaseToken: number };
  #text = '';

  constructor(db: Database, run: { runId: string; leaseToken: number }) {
    this.#db = db;
    this.#run = run;
  }

  add(text: string): void {
    this.#text += text;
  }

  /** Stores what was added. It is worth no more than one attempt: nothing depends on it. */
  async flush(): Promise<void> {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    if (bytes.length === 0) return;
    try {
      const { lastSeq } = await logPosition(this.#db, this.#run.runId);
      await appendLog(this.#db, { id: this.#run.runId, leaseToken: this.#run.leaseToken }, cut(bytes, lastSeq), []);
    } catch {
      // The run itself goes on.
    }
  }
}

function cut(bytes: Buffer, lastSeq: number): NewChunk[] {
  const chunks: NewChunk[] = [];
  let offset = 0;
  for (let chunk = nextChunk(bytes, true); chunk; chunk = nextChunk(bytes.subarray(offset, offset + CHUNK_BYTES), true)) {
    chunks.push({ seq: lastSeq + chunks.length + 1, stream: 'SYSTEM', offset, ...chunk });
    offset += chunk.byteSize;
  }
  return chunks;
}
