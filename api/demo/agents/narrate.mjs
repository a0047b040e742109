import { setTimeout as sleep } from 'node:timers/promises';
import { hasWritten } from './meter.mjs';

const fast = process.argv.includes('--fast');
const style = (code) => (text) => `\u001b[${code}m${text}\u001b[0m`;
const dim = style(2);
const cyan = style(36);
export const green = style(32);
export const bold = style(1);

let number = 0;
let isFinished = false;

/** Every line is numbered, so that whoever watches, or tests, can see that none is missing. */
async function line(text, pauseMs) {
  // What was under way as the run was told to stop says no more.
  if (isFinished) return new Promise(() => {});
  number += 1;
  process.stdout.write(`${dim(String(number).padStart(3))}  ${text}\n`);
  await sleep(fast ? 0 : pauseMs);
}

/** Something that the agent says, at the speed of somebody who thinks. */
export async function say(text) {
  hasWritten(text);
  await line(text, 450 + Math.min(text.length * 9, 700));
}

/** What was run. */
export async function shell(text) {
  await line(cyan(`$ ${text}`), 350);
}

/** What came back, or a file as it is being written. */
export async function quote(text, pauseMs = 70) {
  for (const each of text.replace(/\n$/, '').split('\n')) await line(dim('| ') + each, pauseMs);
}

/** The last line tells how many there are. */
export async function finish() {
  const last = line(dim(`-- ${number + 1} lines --`), 0);
  isFinished = true;
  await last;
}
