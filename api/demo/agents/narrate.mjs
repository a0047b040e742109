import { setTimeout as sleep } from 'node:timers/promises';

const fast = process.argv.includes('--fast');
const style = (code) => (text) => `\u001b[${code}m${text}\u001b[0m`;
const dim = style(2);
const cyan = style(36);
export const green = style(32);
export const bold = style(1);

let number = 0;

/** Every line is numbered, so that whoever watches, or tests, can see that none is missing. */
async function line(text, pauseMs) {
  number += 1;
  process.stdout.write(`${dim(String(number).padStart(3))}  ${text}\n`);
  await sleep(fast ? 0 : pauseMs);
}

/** Something that the agent says, at the speed of somebody who thinks. */
export async function say(text) {
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
  await line(dim(`-- ${number + 1} lines --`), 0);
}
