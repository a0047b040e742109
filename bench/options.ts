import { parseArgs } from 'node:util';

export interface Options {
  quick: boolean;
  /** Names of cases; all where empty. */
  only: string[];
  sizes: number[];
  clients: number[];
  /** How long each measurement of load takes, and how often it is repeated; the median counts. */
  ms: number;
  rounds: number;
  out: string | null;
}

const numbers = (text: string) => text.split(',').map(Number);

/** `--quick` for a look in two minutes; `--only page,issue` for some cases; `--sizes`, `--clients`, `--rounds`, `--ms`, `--out`. */
export function readOptions(argv: string[]): Options {
  const { values } = parseArgs({
    args: argv,
    options: {
      quick: { type: 'boolean', default: false }, only: { type: 'string' }, sizes: { type: 'string' }, clients: { type: 'string' },
      rounds: { type: 'string' }, ms: { type: 'string' }, out: { type: 'string' },
    },
  });
  const { quick } = values;
  return {
    quick,
    only: values.only?.split(',') ?? [],
    sizes: values.sizes ? numbers(values.sizes) : quick ? [1_000] : [1_000, 10_000, 100_000],
    clients: values.clients ? numbers(values.clients) : quick ? [1, 10] : [1, 10, 50],
    rounds: Number(values.rounds ?? (quick ? 1 : 5)),
    ms: Number(values.ms ?? (quick ? 800 : 1_200)),
    out: values.out ?? null,
  };
}
