import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// An agent on strings: prints a numbered line every now and then, and does what is written, line by line, in a file that is
// named for its issue: a command of `boardroom`, or `end`, `fail`.

const folder = process.argv[2] ?? '.';
const pauseMs = Number(process.argv[3] ?? 40);
const LONGEST_MS = 180_000;
const colours = ['32', '31;1', '33', '36', '35'];

let obeyed = 0;

/** True once it is to end. */
async function obey(): Promise<boolean> {
  let told = '';
  try {
    told = readFileSync(join(folder, process.env['BOARDROOM_ISSUE'] ?? 'none'), 'utf8');
  } catch {
    return false;
  }
  const orders = told.split('\n').slice(0, -1);
  while (obeyed < orders.length) {
    const order = orders[obeyed] ?? '';
    obeyed += 1;
    if (order === 'end') return true;
    if (order === 'fail') {
      process.stderr.write('\u001b[31mfatal: this was not to be\u001b[0m\n');
      process.exitCode = 3;
      return true;
    }
    process.stdout.write(`\u001b[36m$ boardroom ${order}\u001b[0m\n`);
    await boardroom(order.split(' '));
  }
  return false;
}

function boardroom(args: string[]): Promise<void> {
  return new Promise((resolve) => {
    execFile('boardroom', args, (_error, stdout, stderr) => {
      process.stdout.write(stdout + stderr);
      resolve();
    });
  });
}

for (let line = 1, ended = false; !ended && performance.now() < LONGEST_MS; line += 1) {
  const colour = colours[line % colours.length] ?? '0';
  process.stdout.write(`\u001b[${colour}mstep ${line}\u001b[0m of the work, \u001b[2mas it goes on\u001b[0m\n`);
  await sleep(pauseMs);
  ended = await obey();
}
