import { writeSync } from 'node:fs';

// An agent that prints lines of 100 bytes, each with the machine's clock and its number: `print.ts <lines> <pause in ms>`.
// Without a pause it prints as fast as it can, one write a line, as a chatty program does.
const [lines, pauseMs] = process.argv.slice(2).map(Number) as [number, number];
const BYTES = 100;

function print(number: number): void {
  const head = `${process.hrtime.bigint()} ${number} `;
  let text = Buffer.from(`${head.padEnd(BYTES - 1, '.')}\n`);
  while (text.length > 0) text = text.subarray(writeSync(1, text));
}

if (pauseMs > 0) {
  let number = 0;
  const timer = setInterval(() => {
    number += 1;
    print(number);
    if (number === lines) clearInterval(timer);
  }, pauseMs);
} else {
  for (let number = 1; number <= lines; number += 1) print(number);
}
