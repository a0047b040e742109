export interface DiffLine {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
  /** The part that differs from its counterpart, where one line became one other. */
  readonly changed: readonly [from: number, to: number] | null;
}

/** More than this squared is not compared line by line. */
const MOST = 600;

/** What has to be taken away and added to make `after` of `before`, with the lines both share. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = linesOf(before);
  const b = linesOf(after);
  if (a.length > MOST || b.length > MOST) return [...a.map((text) => line('-', text)), ...b.map((text) => line('+', text))];
  // The longest common subsequence from each pair of places on.
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        a[i] === b[j] ? (common[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(line(' ', a[i] ?? ''));
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))) {
      lines.push(line('-', a[i] ?? ''));
      i += 1;
    } else {
      lines.push(line('+', b[j] ?? ''));
      j += 1;
    }
  }
  return mark(lines);
}

/** Where as many lines were added as taken away, each is compared with its counterpart. */
function mark(lines: DiffLine[]): DiffLine[] {
  const marked = [...lines];
  for (let at = 0; at < lines.length; ) {
    let taken = at;
    while (lines[taken]?.sign === '-') taken += 1;
    let added = taken;
    while (lines[added]?.sign === '+') added += 1;
    if (taken > at && added - taken === taken - at) {
      for (let k = 0; at + k < taken; k += 1) {
        const [old, fresh] = differing(lines[at + k]?.text ?? '', lines[taken + k]?.text ?? '');
        marked[at + k] = { ...line('-', lines[at + k]?.text ?? ''), changed: old };
        marked[taken + k] = { ...line('+', lines[taken + k]?.text ?? ''), changed: fresh };
      }
    }
    at = Math.max(added, at + 1);
  }
  return marked;
}

function differing(a: string, b: string): [readonly [number, number] | null, readonly [number, number] | null] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  // Lines that have little in common are two lines, not one changed.
  if (start + end < Math.max(a.length, b.length) / 3) return [null, null];
  return [[start, a.length - end], [start, b.length - end]];
}

function line(sign: DiffLine['sign'], text: string): DiffLine {
  return { sign, text, changed: null };
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}
