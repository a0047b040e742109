/** Longest chunk of a log, in bytes of UTF-8. */
export const CHUNK_BYTES = 64 * 1024;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface Chunk {
  text: string;
  /** Bytes of the stream that the text stands for: not its own length where bytes were replaced. */
  byteSize: number;
}

/**
 * The next chunk of a stream, from bytes that may end within a character. Such an end is left for the next chunk, so that
 * every stored chunk begins and ends between characters and reading can resume at its end. Bytes that are not UTF-8, and NUL,
 * which Postgres cannot store, become U+FFFD. Null: there is nothing whole yet.
 */
export function nextChunk(bytes: Buffer, isEndOfStream: boolean): Chunk | null {
  let size = Math.min(bytes.length, CHUNK_BYTES);
  if (!(isEndOfStream && size === bytes.length)) size -= unfinishedBytes(bytes.subarray(0, size));
  for (;;) {
    if (size === 0) return null;
    const text = decoder.decode(bytes.subarray(0, size)).replaceAll('\0', '\uFFFD');
    // One bad byte becomes three: binary output is cut shorter.
    if (Buffer.byteLength(text) <= CHUNK_BYTES) return { text, byteSize: size };
    const shorter = Math.floor(size / 3);
    size = shorter - unfinishedBytes(bytes.subarray(0, shorter));
  }
}

/** How many bytes at the end begin a character that is not complete: 0 to 3. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc2 && byte <= 0xf4) return back < lengthOf(byte) ? back : 0;
    if (byte >= 0xc0) return 0; // never part of UTF-8
  }
  return 0;
}

function lengthOf(leadByte: number): number {
  if (leadByte >= 0xf0) return 4;
  return leadByte >= 0xe0 ? 3 : 2;
}
