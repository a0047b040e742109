import { parseArgs } from 'node:util';

export interface Options {
  rounds: number;
  /** Of the first round; each later one has the next number, so a failing round is repeated alone. */
  seed: number;
  /** No round begins after this time. */
  seconds: number;
  keepHome: boolean;
}

const usage = 'usage: npm run chaos -- [--rounds 20] [--seed N] [--seconds 3600] [--keep]';

/** Reads the command line; the message of what it throws is for people. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string' }, seed: { type: 'string' }, seconds: { type: 'string' }, keep: { type: 'boolean' } },
  });
  return {
    rounds: whole(values.rounds, 20), seed: whole(values.seed, Date.now() % 1_000_000), seconds: whole(values.seconds, 3_600),
    keepHome: values.keep ?? false,
  };
}

function whole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new Error(usage);
  return Number(text);
}
