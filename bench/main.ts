import { fileURLToPath } from 'node:url';
import { measureCheckout } from './cases/checkout.ts';
import { measureCosts } from './cases/costs.ts';
import { measureFindings } from './cases/findings.ts';
import { measureDocumentWrite, measureReanchor } from './cases/documents.ts';
import { measureLiveness } from './cases/liveness.ts';
import { growth, measurePageCost, measureReads } from './cases/reads.ts';
import { measureWrites } from './cases/writes.ts';
import { measureProduct } from './cases/product.ts';
import type { Bench } from './compare.ts';
import type { Figure } from './figures.ts';
import { Loader } from './load/loader.ts';
import { machineFacts } from './machine.ts';
import { readOptions } from './options.ts';
import { line, save } from './report.ts';
import { startPostgres } from './stage/postgres.ts';
import { openStage } from './stage/stage.ts';

// `npm run bench`: measures Boardroom beside two baselines, on this machine's loopback and on a Postgres of its own.
const options = readOptions(process.argv.slice(2));
const wanted = (name: string) => options.only.length === 0 || options.only.includes(name);
const figures: Figure[] = [];
const postgres = await startPostgres();
const loader = new Loader();
const machine = machineFacts(postgres.version);
const bench: Bench = {
  options, postgres, loader,
  add(row) {
    figures.push(row);
    console.log(line(row));
  },
};
console.log(`${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}, Postgres ${machine.postgres}, load ${machine.loadAtStart}\n`);

try {
  const costs = new Map<string, Figure>();
  for (const size of options.sizes) {
    const stage = await openStage(postgres, size);
    try {
      if (wanted('growth')) costs.set(`fresh ${size}`, await measurePageCost(bench, stage, 'pages-fresh'));
      await stage.settle();
      if (wanted('growth')) costs.set(`analysed ${size}`, await measurePageCost(bench, stage, 'pages-analysed'));
      await measureReads(bench, stage, wanted);
      await measureFindings(bench, stage, wanted);
      await measureWrites(bench, stage, wanted);
      if (wanted('checkout')) await measureCheckout(bench, stage);
      if (wanted('document-write') && size === options.sizes[0]) await measureDocumentWrite(bench, stage);
      // Last: its issues wait for each other, which would make other work another.
      if (wanted('liveness')) await measureLiveness(bench, stage);
    } finally {
      await stage.close();
    }
  }
  const [small, large] = [options.sizes[0], options.sizes.at(-1)];
  for (const [name, state] of [['growth', 'analysed'], ['growth-fresh', 'fresh']] as const) {
    // Both against the small company analysed: what is asked is what size and a missing ANALYZE cost together.
    const [from, to] = [costs.get(`analysed ${small}`), costs.get(`${state} ${large}`)];
    if (from && to && small !== large) bench.add(growth(name, from, to));
  }
  if (wanted('costs')) await measureCosts(bench);
  if (wanted('reanchor')) measureReanchor(bench);
  await measureProduct(bench, wanted);
} finally {
  loader.stop();
  await postgres.stop();
}

const file = options.out ?? fileURLToPath(new URL(`./results/${options.quick || options.only.length > 0 ? 'last' : 'full'}.json`, import.meta.url));
await save(file, machine, options, figures);
const judged = figures.flatMap(({ target }) => target ?? []);
console.log(`\n${judged.filter(({ met }) => met).length} of ${judged.length} targets met; ${figures.length} figures saved`);
