import pg from 'pg';
import { openDatabase } from '../../prisma/client.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { LOCAL_BOARD_USER } from '../../schema/access/principal.ts';
import { createCompany } from '../../schema/company/commands.ts';
import { foldCosts } from '../../schema/cost/fold.ts';
import { sequencesOf } from '../../schema/company/rules.ts';

/** What cases need to know of the rows that were made. */
export interface Dataset {
  issues: number;
  companyId: string;
  prefix: string;
  agentIds: string[];
  /** Issues with five comments each, by identifier. */
  discussed: string[];
  /** Open issues of nobody, that a comment wakes nobody for. */
  unassigned: string[];
  /** Open issues that agents have. */
  assigned: string[];
}

const AGENTS = 10;
const LABELS = 8;
const RUNS = 1_000;

/**
 * A company of so many issues, made as an import would: many rows a statement, past every command. Each issue has up to
 * three labels, every tenth five comments; ten cost events an issue up to 10,000, then one each.
 */
export async function seed(url: string, issues: number): Promise<Dataset> {
  const db = openDatabase({ url, connections: 2 });
  const company = await write(db, (tx) => createCompany(tx, { kind: 'user', userId: LOCAL_BOARD_USER }, { name: 'Acme', prefix: 'ACME' }));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await fill(client, company.id, issues);
    await foldCosts(db, undefined, Infinity); // as the worker would have
    return await datasetOf(client, company.id, issues);
  } finally {
    await client.end();
    await db.close();
  }
}

async function fill(client: pg.Client, companyId: string, issues: number): Promise<void> {
  const run = (text: string, ...values: unknown[]) => client.query(text, [companyId, ...values]);
  await run(
    `INSERT INTO agent (id, company_id, name, role, adapter_type, adapter_config, max_concurrent_runs)
     SELECT id, $1, 'Agent ' || n, 'ENGINEER', 'process', '{"command": "true"}', 50 FROM unnest($2::uuid[]) WITH ORDINALITY AS a(id, n)`,
    Array.from({ length: AGENTS }, newId),
  );
  await run(
    `INSERT INTO label (id, company_id, name, color)
     SELECT id, $1, 'label ' || n, '#1d6e37' FROM unnest($2::uuid[]) WITH ORDINALITY AS l(id, n)`,
    Array.from({ length: LABELS }, newId),
  );
  // Two of twelve issues have no assignee; what is in progress has one, as the table demands.
  await run(
    `INSERT INTO issue (id, company_id, number, title, description, status, priority, assignee_id, creator_type, creator_id, created_at, updated_at)
     SELECT uuidv7(($2::int - n) * interval '-1 minute'), $1, n, 'Issue ' || n || ': the thing that has to be done about this', repeat('What has to be done and why it matters. ', 12),
            (CASE WHEN n % 10 = 5 AND agents.ids[n % 12 + 1] IS NULL THEN 'TODO'
                  ELSE (ARRAY['BACKLOG','BACKLOG','TODO','TODO','TODO','IN_PROGRESS','IN_REVIEW','DONE','DONE','DONE'])[n % 10 + 1] END)::issue_status,
            (ARRAY['CRITICAL','HIGH','MEDIUM','MEDIUM','LOW'])[n % 5 + 1]::priority, agents.ids[n % 12 + 1], 'USER', $3,
            now() - ($2::int - n) * interval '1 minute', now() - ($2::int - n) * interval '1 minute'
     FROM generate_series(1, $2::int) AS n, (SELECT array_agg(id ORDER BY id) AS ids FROM agent WHERE company_id = $1) AS agents`,
    issues, LOCAL_BOARD_USER,
  );
  await client.query(`SELECT setval('${sequencesOf(companyId).issues}', $1)`, [issues]);
  await run(
    `INSERT INTO issue_label (company_id, issue_id, label_id)
     SELECT $1, i.id, labels.ids[(i.number + k) % $2::int + 1]
     FROM issue i, generate_series(1, 3) AS k, (SELECT array_agg(id ORDER BY id) AS ids FROM label WHERE company_id = $1) AS labels
     WHERE i.company_id = $1 AND k <= i.number % 4`,
    LABELS,
  );
  await run(
    `INSERT INTO comment (id, company_id, issue_id, author_type, author_id, body, created_at)
     SELECT uuidv7((k - 5) * interval '1 second'), $1, i.id, (CASE WHEN k % 2 = 0 AND i.assignee_id IS NOT NULL THEN 'AGENT' ELSE 'USER' END)::actor_type,
            CASE WHEN k % 2 = 0 AND i.assignee_id IS NOT NULL THEN i.assignee_id ELSE $2::uuid END,
            'Comment ' || k || '. ' || repeat('Something to be said about it. ', 8), i.created_at + k * interval '1 second'
     FROM issue i, generate_series(1, 5) AS k WHERE i.company_id = $1 AND i.number % 10 = 0`,
    LOCAL_BOARD_USER,
  );
  await run(
    `INSERT INTO run (id, company_id, number, agent_id, status, source, reason, adapter_type, created_at, queued_at, started_at, finished_at)
     SELECT uuidv7(n * interval '-20 minutes'), $1, $2::int - n + 1, agents.ids[n % $3::int + 1], (CASE WHEN n % 20 = 0 THEN 'FAILED' ELSE 'SUCCEEDED' END)::run_status,
            'ON_DEMAND', 'manual', 'process', now() - n * interval '20 minutes', now() - n * interval '20 minutes', now() - n * interval '20 minutes', now() - n * interval '19 minutes'
     FROM generate_series(1, $2::int) AS n, (SELECT array_agg(id ORDER BY id) AS ids FROM agent WHERE company_id = $1) AS agents`,
    RUNS, AGENTS,
  );
  await client.query(`SELECT setval('${sequencesOf(companyId).runs}', $1)`, [RUNS]);
  await run(
    `INSERT INTO cost_event (id, company_id, agent_id, issue_id, provider, biller, model, input_tokens, output_tokens, cost_micros, cost_status, occurred_at)
     SELECT uuidv7(n * interval '-5 minutes'), $1, agents.ids[n % $2::int + 1], i.id, 'anthropic', 'anthropic', 'a-model', 1000 + n % 5000, n % 900, n % 90000, 'REPORTED', now() - n * interval '5 minutes'
     FROM generate_series(1, greatest(10000, $3::int)) AS n JOIN issue i ON i.company_id = $1 AND i.number = n % $3::int + 1,
          (SELECT array_agg(id ORDER BY id) AS ids FROM agent WHERE company_id = $1) AS agents`,
    AGENTS, issues,
  );
  await run('INSERT INTO cost_unfolded (event_id, company_id, occurred_at) SELECT id, company_id, occurred_at FROM cost_event WHERE company_id = $1');
  await run(
    `INSERT INTO activity (id, company_id, actor_type, actor_id, action, entity_type, entity_id, issue_id, details, created_at)
     SELECT uuidv7(), $1, 'USER', $2, 'issue.created', 'issue', i.id, i.id, jsonb_build_object('number', i.number), i.created_at FROM issue i WHERE i.company_id = $1`,
    LOCAL_BOARD_USER,
  );
}

async function datasetOf(client: pg.Client, companyId: string, issues: number): Promise<Dataset> {
  const list = async (text: string) => (await client.query<{ ref: string }>(text, [companyId])).rows.map((row) => row.ref);
  return {
    issues, companyId, prefix: 'ACME',
    agentIds: await list('SELECT id AS ref FROM agent WHERE company_id = $1 ORDER BY id'),
    discussed: await list(`SELECT 'ACME-' || number AS ref FROM issue WHERE company_id = $1 AND number % 10 = 0 ORDER BY number DESC LIMIT 500`),
    unassigned: await list(`SELECT id AS ref FROM issue WHERE company_id = $1 AND assignee_id IS NULL AND status IN ('TODO', 'BACKLOG') ORDER BY number DESC LIMIT 500`),
    assigned: await list(`SELECT id AS ref FROM issue WHERE company_id = $1 AND assignee_id IS NOT NULL AND status = 'TODO' ORDER BY number DESC LIMIT 500`),
  };
}
