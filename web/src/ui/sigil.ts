/** How many inks an agent may be drawn in; tokens.css holds --sigil-1 to --sigil-8. */
const INKS = 8;

/** FNV-1a: spreads ids that differ in a few characters, as those made in one millisecond do. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value ^= text.charCodeAt(at);
    value = Math.imul(value, 0x01000193);
  }
  // FNV's low bits stay close for close inputs; this mixes the high ones down.
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  value ^= value >>> 12;
  return value >>> 0;
}

export interface Sigil {
  ink: number;
  /** Five rows of five; mirrored, so faces and tools appear by chance. */
  cells: boolean[][];
}

/** One id, always the same picture. Drawn again with the next seed while too empty or too full to be told apart. */
export function sigilOf(id: string): Sigil {
  for (let seed = 0; ; seed += 1) {
    const bits = hash(`${id}/${seed}`);
    const cells = Array.from({ length: 5 }, (_, row) =>
      Array.from({ length: 5 }, (_, column) => ((bits >>> (row * 3 + (column > 2 ? 4 - column : column))) & 1) === 1),
    );
    const filled = cells.flat().filter(Boolean).length;
    if ((filled >= 10 && filled <= 17) || seed === 7) return { ink: (hash(id) % INKS) + 1, cells };
  }
}

/** The bitmap as one path on a 10 x 10 box. */
export function sigilPath({ cells }: Sigil): string {
  return cells.flatMap((row, y) => row.map((on, x) => (on ? `M${x * 2} ${y * 2}h2v2h-2z` : ''))).join('');
}
