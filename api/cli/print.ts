import { stripVTControlCharacters, styleText } from 'node:util';

/** Text written by others, with nothing in it that could steer the terminal. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

/** Rows with their columns in line. The last column is left ragged. */
export function columns(rows: string[][]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, plain(cell).length);
  }
  return rows.map((row) => row.map((cell, at) => pad(cell, widths[at] ?? 0)).join('  ').trimEnd()).join('\n');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - plain(cell).length));
}

/** A label and its value a line; what is absent has no line. */
export function facts(pairs: [label: string, value: string | null | undefined][]): string {
  return columns(pairs.flatMap(([label, value]) => (value ? [[dim(label), value]] : [])));
}

/** A value of some settings; a dash where there is none. */
export function valueText(value: unknown): string {
  return value === null || value === undefined ? '-' : plain(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Set back where the output is a terminal; elsewhere just the text. */
export function dim(text: string): string {
  return styleText('dim', text);
}

export function bold(text: string): string {
  return styleText('bold', text);
}

/** Millionths of a dollar as dollars, with cents at least and no digit lost. */
export function dollars(micros: string): string {
  const amount = BigInt(micros);
  const size = amount < 0n ? -amount : amount;
  const parts = (size % 1_000_000n).toString().padStart(6, '0');
  return `${amount < 0n ? '-' : ''}$${size / 1_000_000n}.${parts.slice(0, 2)}${parts.slice(2).replace(/0+$/, '')}`;
}

/** Every line set in, for bodies below a heading. */
export function indent(text: string, by = '  '): string {
  return text.replaceAll(/^(?=.)/gm, by);
}
