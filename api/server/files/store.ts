import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files, StoredFile } from '../../../schema/attachment/upload.ts';
import { Refusal } from '../../../schema/shared/refusal.ts';

/** So much of a file tells its type. */
const HEAD_BYTES = 4_096;
/** The database writes to the same disk as a rule, and one that cannot write is down: so much is left to it. */
const RESERVE_BYTES = 536_870_912n;
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Files by the hash of their bytes, below one folder: the same file is kept once, and one that is there is whole. Bytes come into a
 * file of their own, which gets its name once they are on the disk: a crash leaves only what the next sweep takes away.
 */
export class FileStore implements Files {
  readonly #folder: string;
  readonly #reserveBytes: bigint;
  constructor(folder: string, reserveBytes = RESERVE_BYTES) {
    this.#folder = folder;
    this.#reserveBytes = reserveBytes;
  }

  get incoming(): string {
    return join(this.#folder, 'incoming');
  }

  pathOf(sha256: string): string {
    if (!SHA256.test(sha256)) throw new Error(`${sha256} is no hash`);
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }

  async store(bytes: AsyncIterable<Uint8Array>, maxBytes: bigint): Promise<StoredFile> {
    await mkdir(this.incoming, { recursive: true, mode: 0o700 });
    await this.#mustHaveRoom(maxBytes);
    const temporary = join(this.incoming, randomUUID());
    const file = await open(temporary, 'wx', 0o600);
    try {
      const stored = await receive(file, bytes, maxBytes);
      await file.sync();
      await file.close();
      const path = this.pathOf(stored.sha256);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Also over one that is there: it is as young as its latest upload, which keeps the sweep away until the row is written.
      await rename(temporary, path);
      await syncFolder(dirname(path));
      return stored;
    } catch (error) {
      await file.close().catch(() => {});
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** For the largest file that may come: how long this one is nobody knows yet. */
  async #mustHaveRoom(maxBytes: bigint): Promise<void> {
    const { bavail, bsize } = await statfs(this.incoming, { bigint: true });
    if (bavail * bsize < maxBytes + this.#reserveBytes) throw new Refusal('RULE_VIOLATION', 'the disk of this board is nearly full: it takes no files', { field: 'file' });
  }

  open(sha256: string): Promise<FileHandle> {
    return open(this.pathOf(sha256), 'r');
  }

  /** The hashes of files that nobody has touched since a time. */
  async olderThan(time: Date): Promise<string[]> {
    const found: string[] = [];
    for (const folder of await namesIn(this.#folder)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const name of await namesIn(join(this.#folder, folder))) if (SHA256.test(name) && (await this.isOlder(name, time))) found.push(name);
    }
    return found;
  }

  async isOlder(sha256: string, time: Date): Promise<boolean> {
    const found = await stat(this.pathOf(sha256)).catch(() => null);
    return found !== null && found.mtime < time;
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }
}

async function receive(file: FileHandle, bytes: AsyncIterable<Uint8Array>, maxBytes: bigint): Promise<StoredFile> {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let headBytes = 0;
  let byteSize = 0;
  for await (const chunk of bytes) {
    byteSize += chunk.length;
    if (BigInt(byteSize) > maxBytes) throw new Refusal('RULE_VIOLATION', `a file may have at most ${maxBytes} bytes here`, { field: 'file', details: { attachmentMaxBytes: String(maxBytes) } });
    hash.update(chunk);
    if (headBytes < HEAD_BYTES) head.push(chunk.slice(0, HEAD_BYTES - headBytes));
    headBytes += chunk.length;
    await file.writeFile(chunk);
  }
  return { sha256: hash.digest('hex'), byteSize: BigInt(byteSize), head: Buffer.concat(head) };
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().catch(() => {}); // not every file system can
  await folder.close();
}

export async function namesIn(path: string): Promise<string[]> {
  return readdir(path).catch(() => []);
}
