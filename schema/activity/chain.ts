import { createHash } from 'node:crypto';
import type { Activity } from '../../prisma/generated/client.ts';
import { canonicalJson } from '../shared/canonical.ts';

// The chain of seals over the log of a company. Pure: the job that seals, the export and `boardroom activity verify` share it.
//
// A row is one line of canonical JSON, and the export prints that very line. The hash of a segment is SHA-256 over the hash of
// the segment before (32 zero bytes before the first) and its lines, each with its newline: a shell can check it.

/** What the first segment follows. */
export const NO_HASH: Uint8Array<ArrayBuffer> = new Uint8Array(32);
export const MARK_BYTES = 8;

/** One row as it is hashed and exported. */
export function lineOf(row: Activity): string {
  const { id, companyId, actorType, actorId, runId, action, entityType, entityId, issueId, agentId, details, createdAt } = row;
  return canonicalJson({ id, cursor: `${row.txid}.${row.seq}`, companyId, actorType, actorId, runId, action, entityType, entityId, issueId, agentId, details, at: createdAt.toISOString() });
}

export function hashOf(previousHash: Uint8Array, lines: readonly string[]): Buffer {
  const hash = createHash('sha256').update(previousHash);
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest();
}

export function marksOf(lines: readonly string[]): Buffer {
  return Buffer.concat(lines.map((line) => createHash('sha256').update(line).digest().subarray(0, MARK_BYTES)));
}

/** A seal, as far as it can be checked. Hashes and marks are hexadecimal. */
export interface Seal {
  number: number;
  /** The place of its last row. */
  cursor: string;
  rowCount: number;
  rowMarks: string;
  previousHash: string;
  hash: string;
}

/** The first thing that is not as it was sealed. */
export interface Breach {
  /** The number of the segment. */
  segment: number;
  /**
   * CHANGED, MISSING or ADDED: a row. SEAL: the seal itself is not what its rows give, and they are as they were marked. LINK: it
   * does not follow the seal before, or has not its number.
   */
  kind: 'CHANGED' | 'MISSING' | 'ADDED' | 'SEAL' | 'LINK';
  /** The line of the row that was changed or added. */
  line: string | null;
  /** The place of the row before, within the log: what is missing stood behind it. Null at the beginning. */
  after: string | null;
}

/** What is wrong with a segment, given the seal before and the lines that lie up to its end; null where nothing is. */
export function breachOf(seal: Seal, before: Pick<Seal, 'number' | 'hash' | 'cursor'> | null, lines: readonly string[]): Breach | null {
  const at = (kind: Breach['kind'], index = 0, line: string | null = null): Breach => ({
    segment: seal.number, kind, line, after: index > 0 ? cursorIn(lines[index - 1] as string) : (before?.cursor ?? null),
  });
  const previousHash = before?.hash ?? Buffer.from(NO_HASH).toString('hex');
  if (seal.number !== (before?.number ?? 0) + 1 || seal.previousHash !== previousHash) return at('LINK');
  if (hashOf(Buffer.from(previousHash, 'hex'), lines).toString('hex') === seal.hash && lines.length === seal.rowCount && cursorIn(lines.at(-1)) === seal.cursor) return null;

  const marked = marksIn(seal.rowMarks);
  const found = marksIn(marksOf(lines).toString('hex'));
  const index = found.findIndex((mark, i) => mark !== marked[i]);
  if (index === -1) return found.length < marked.length ? at('MISSING', found.length) : at('SEAL');
  if (index >= marked.length) return at('ADDED', index, lines[index]);
  const [here, expected] = [found[index] as string, marked[index] as string];
  if (!found.includes(expected) && marked.includes(here, index + 1)) return at('MISSING', index);
  if (!marked.includes(here) && found.includes(expected, index + 1)) return at('ADDED', index, lines[index]);
  return at('CHANGED', index, lines[index]);
}

function cursorIn(line: string | undefined): string | null {
  return line === undefined ? null : (JSON.parse(line) as { cursor: string }).cursor;
}

function marksIn(hex: string): string[] {
  return hex.match(new RegExp(`.{${MARK_BYTES * 2}}`, 'g')) ?? [];
}

/** True where a place comes not after another. */
export function isUpTo(cursor: string, end: string): boolean {
  const [txid = 0n, seq = 0n] = cursor.split('.').map(BigInt);
  const [endTxid = 0n, endSeq = 0n] = end.split('.').map(BigInt);
  return txid < endTxid || (txid === endTxid && seq <= endSeq);
}
