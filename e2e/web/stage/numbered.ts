import { fileURLToPath } from 'node:url';

// An agent that prints many numbered lines of a hundred bytes, no two alike, in bursts; and what a test needs to know what
// it has printed.

const WIDTH = 100;

/** Line `n`, its newline included. */
export function numberedLine(n: number): string {
  const head = `line ${String(n).padStart(7, '0')} `;
  return `${head}${(Math.imul(n, 2_654_435_761) >>> 0).toString(36).padStart(7, '0').repeat(WIDTH).slice(0, WIDTH - 1 - head.length)}\n`;
}

export const numbered = fileURLToPath(import.meta.url);

async function print(lines: number, perBurst: number, pauseMs: number): Promise<void> {
  for (let from = 1; from <= lines; from += perBurst) {
    let text = '';
    for (let n = from; n < from + perBurst && n <= lines; n += 1) text += numberedLine(n);
    // Waits for the file or pipe, as `cat` would.
    if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

if (process.argv[1] === numbered) {
  const [lines = 1_000, perBurst = 100, pauseMs = 0] = process.argv.slice(2).map(Number);
  await print(lines, perBurst, pauseMs);
}
