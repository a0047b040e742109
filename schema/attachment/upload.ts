import { badInput } from '../shared/refusal.ts';

/** A file that is being sent: the value of the scalar File. Its bytes are read once, as they come. */
export class Upload {
  readonly filename: string;
  #bytes: AsyncIterable<Uint8Array> | null;
  constructor(filename: string, bytes: AsyncIterable<Uint8Array>) {
    this.filename = filename;
    this.#bytes = bytes;
  }

  /** The bytes, for whoever asks first: to a second reader the file would look empty. */
  take(): AsyncIterable<Uint8Array> {
    const bytes = this.#bytes;
    if (!bytes) throw badInput('file', 'goes to one mutation: send it again for another');
    this.#bytes = null;
    return bytes;
  }
}

/** Bytes that were put where they stay, under their hash. */
export interface StoredFile {
  sha256: string;
  byteSize: bigint;
  /** The first of them, by which their type is told. */
  head: Uint8Array;
}

/** Where the bytes of attachments are, fulfilled in api/server/files. */
export interface Files {
  /** Keeps what comes, up to a number of bytes; more is a RULE_VIOLATION, as soon as it is seen. */
  store(bytes: AsyncIterable<Uint8Array>, maxBytes: bigint): Promise<StoredFile>;
}
