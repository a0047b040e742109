import type { Bench } from '../compare.ts';
import { LIVENESS } from '../operations.ts';
import { ask } from '../stage/postgres.ts';
import type { Stage } from '../stage/stage.ts';
import { alone } from './findings.ts';
import { differentPages } from './reads.ts';

/** What moves each issue of a page next, at each number of clients, once issues wait for each other. The baselines do not know it. */
export async function measureLiveness(bench: Bench, stage: Stage): Promise<void> {
  await entangle(stage.url);
  const pages = await differentPages(stage, LIVENESS);
  for (const clients of bench.options.clients) await alone(bench, stage, 'liveness', 'page of 50 issues with what moves each next, another each time', clients, pages);
}

/** Chains of up to eight issues that wait for each other, and issues that wait for one below them: two and one of ten. */
async function entangle(url: string): Promise<void> {
  await ask(url, `INSERT INTO issue_blocker (company_id, issue_id, blocker_id) SELECT i.company_id, i.id, b.id FROM issue i JOIN issue b ON b.company_id = i.company_id AND b.number = i.number - 10 WHERE i.number % 10 IN (2, 3) AND i.number % 80 >= 10`);
  await ask(url, `UPDATE issue i SET parent_id = p.id FROM issue p WHERE p.company_id = i.company_id AND p.number = i.number - 1 AND i.number % 10 = 4`);
  await ask(url, 'VACUUM ANALYZE issue, issue_blocker');
}
