import { structuredPatch } from 'diff';

export interface DiffHunk {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  /** Each with ' ', '-' or '+' before it. */
  lines: string[];
}

export interface TextDiff {
  hunks: DiffHunk[];
  added: number;
  removed: number;
}

/** Lines that are still compared one by one; texts that differ in more are shown as replaced. */
const MAX_EDITS = 4_000;
const TIMEOUT_MS = 250;

/** What changed between two texts, line by line, with three lines around each change. */
export function diffOf(before: string, after: string): TextDiff {
  const patch = structuredPatch('a', 'b', before, after, '', '', { context: 3, maxEditLength: MAX_EDITS, timeout: TIMEOUT_MS });
  const hunks: DiffHunk[] = patch ? patch.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({ oldStart, oldLines, newStart, newLines, lines })) : [replaced(before, after)];
  const count = (sign: string) => hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.startsWith(sign)).length, 0);
  return { hunks, added: count('+'), removed: count('-') };
}

/** As programs that read patches know it. */
export function unified({ hunks }: TextDiff, from: string, to: string): string {
  if (hunks.length === 0) return '';
  const parts = hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@\n${lines.join('\n')}\n`);
  return `--- ${from}\n+++ ${to}\n${parts.join('')}`;
}

function replaced(before: string, after: string): DiffHunk {
  const [old, made] = [before.split('\n'), after.split('\n')];
  return { oldStart: 1, oldLines: old.length, newStart: 1, newLines: made.length, lines: [...old.map((line) => `-${line}`), ...made.map((line) => `+${line}`)] };
}
