import { execFile } from 'node:child_process';
import { hasRead, hasWritten } from './meter.mjs';
import { quote, shell } from './narrate.mjs';

const conflict = 3;

/** Runs the `boardroom` command and returns its data; `conflict` is set where somebody else was first. */
export async function boardroom(...args) {
  const { code, stdout, stderr } = await new Promise((resolve) => {
    execFile('boardroom', [...args, '--json'], { maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
  hasWritten(args.join(' '));
  hasRead(stdout);
  if (code === conflict) return { conflict: JSON.parse(stdout) };
  if (code !== 0) throw new Error(`boardroom ${args.slice(0, 2).join(' ')} ended with ${code}: ${stderr.trim()}`);
  return { data: JSON.parse(stdout) };
}

/** The same, told to whoever watches. Long arguments are shown by their beginning. */
export async function boardroomAloud(...args) {
  await shell(`boardroom ${args.map(quoted).join(' ')}`);
  const answer = await boardroom(...args);
  if (answer.conflict) await quote(`${answer.conflict.__typename}: ${answer.conflict.message}`);
  return answer;
}

function quoted(argument) {
  const [first = '', ...more] = argument.split('\n');
  const short = more.length > 0 || first.length > 60 ? `${first.slice(0, 57)}…` : first;
  return /^[\w./,:@-]+$/.test(short) ? short : `'${short}'`;
}
