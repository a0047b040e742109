import { now } from '../../prisma/clock.ts';
import { sql } from '../../prisma/sql.ts';
import { livenessFacts } from '../../schema/issue/liveness.ts';
import { livenessOf } from '../../schema/issue/liveness-rules.ts';
import type { World } from './world.ts';

/** Something that must never be true of the company was. */
export class ClaimBroken extends Error {
  override readonly name = 'ClaimBroken';
}

/** What must hold after every step, in one statement: each line that comes back is a fault. */
export async function checkAlways({ db, companyId }: World): Promise<void> {
  const broken = await db.query<{ fault: string; id: string }>(sql`
    SELECT 'an issue is locked by a run that does not run' AS fault, i.id::text AS id FROM issue i LEFT JOIN run r ON r.id = i.holder_run_id
      WHERE i.company_id = ${companyId}::uuid AND i.holder_run_id IS NOT NULL AND r.status IS DISTINCT FROM 'RUNNING'
    UNION ALL SELECT 'a finished issue is locked', i.id::text FROM issue i WHERE i.company_id = ${companyId}::uuid AND i.holder_run_id IS NOT NULL AND i.status <> 'IN_PROGRESS'
    UNION ALL SELECT 'two runs work on one issue', r.issue_id::text FROM run r WHERE r.company_id = ${companyId}::uuid AND r.status = 'RUNNING' AND r.issue_id IS NOT NULL GROUP BY r.issue_id HAVING count(*) > 1
    UNION ALL SELECT 'an agent runs more than it may', r.agent_id::text FROM run r JOIN agent a ON a.id = r.agent_id
      WHERE r.company_id = ${companyId}::uuid AND r.status = 'RUNNING' GROUP BY r.agent_id, a.max_concurrent_runs HAVING count(*) > a.max_concurrent_runs
    UNION ALL SELECT 'a run waits for a terminated agent', r.id::text FROM run r JOIN agent a ON a.id = r.agent_id
      WHERE r.company_id = ${companyId}::uuid AND r.status IN ('QUEUED', 'SCHEDULED_RETRY') AND a.status = 'TERMINATED'
    UNION ALL SELECT 'a wake waits for a terminated agent', w.id::text FROM wakeup w JOIN agent a ON a.id = w.agent_id
      WHERE w.company_id = ${companyId}::uuid AND w.status = 'DEFERRED' AND a.status = 'TERMINATED'
    UNION ALL SELECT 'a plan has more children than it names', d.id::text FROM plan_decomposition d WHERE d.company_id = ${companyId}::uuid AND (SELECT count(*) FROM plan_child c WHERE c.decomposition_id = d.id) > d.child_count
    UNION ALL SELECT 'a plan that is complete lacks children', d.id::text FROM plan_decomposition d
      WHERE d.company_id = ${companyId}::uuid AND d.status = 'COMPLETED' AND (SELECT count(*) FROM plan_child c WHERE c.decomposition_id = d.id) <> d.child_count
    UNION ALL SELECT 'an issue came of a plan and is no child of it', i.id::text FROM issue i
      WHERE i.company_id = ${companyId}::uuid AND i.origin = 'PLAN' AND NOT EXISTS (SELECT 1 FROM plan_child c WHERE c.issue_id = i.id)
    UNION ALL SELECT 'a run ended without an end', r.id::text FROM run r WHERE r.company_id = ${companyId}::uuid AND r.status NOT IN ('QUEUED', 'SCHEDULED_RETRY', 'RUNNING') AND r.finished_at IS NULL`);
  if (broken.length > 0) throw new ClaimBroken(broken.map(({ fault, id }) => `${fault} (${id})`).join('; '));
}

export interface Moment { paused: Set<string>; lastWakeId: string; lastStartedId: Set<string> }

/** What is known before a step, to tell what it did to agents that take no work. */
export async function momentOf({ db, companyId }: World): Promise<Moment> {
  const [agents, wakes, running] = await Promise.all([
    db.query<{ id: string }>(sql`SELECT id FROM agent WHERE company_id = ${companyId}::uuid AND status IN ('PAUSED', 'TERMINATED')`),
    db.query<{ id: string }>(sql`SELECT id FROM wakeup WHERE company_id = ${companyId}::uuid ORDER BY id DESC LIMIT 1`),
    db.query<{ id: string }>(sql`SELECT id FROM run WHERE company_id = ${companyId}::uuid AND status = 'RUNNING'`),
  ]);
  return { paused: new Set(agents.map((agent) => agent.id)), lastWakeId: wakes[0]?.id ?? '00000000-0000-0000-0000-000000000000', lastStartedId: new Set(running.map((run) => run.id)) };
}

/** Whoever was paused or terminated before a step and is so after it has got neither a wake nor a run in it. */
export async function checkStep({ db, companyId }: World, before: Moment): Promise<void> {
  const woken = await db.query<{ agentId: string; reason: string; status: string }>(sql`
    SELECT w.agent_id AS "agentId", w.reason, w.status FROM wakeup w JOIN agent a ON a.id = w.agent_id
    WHERE w.company_id = ${companyId}::uuid AND w.id > ${before.lastWakeId}::uuid AND w.status <> 'SKIPPED' AND a.status IN ('PAUSED', 'TERMINATED')`);
  const bad = woken.find((wake) => before.paused.has(wake.agentId));
  if (bad) throw new ClaimBroken(`an agent that takes no work was woken: ${bad.reason}, ${bad.status}`);
  const started = await db.query<{ id: string; agentId: string }>(sql`
    SELECT r.id, r.agent_id AS "agentId" FROM run r JOIN agent a ON a.id = r.agent_id WHERE r.company_id = ${companyId}::uuid AND r.status = 'RUNNING' AND a.status IN ('PAUSED', 'TERMINATED')`);
  const begun = started.find((run) => before.paused.has(run.agentId) && !before.lastStartedId.has(run.id));
  if (begun) throw new ClaimBroken(`a run of an agent that takes no work was started (${begun.id})`);
}

/** After a sweep each issue that an agent has, and that is not parked, has something or somebody that moves it. */
export async function checkMovers({ db, companyId }: World): Promise<void> {
  const left = await db.query<{ id: string }>(sql`
    SELECT w.id FROM wakeup w WHERE w.company_id = ${companyId}::uuid AND w.status = 'DEFERRED'
      AND NOT EXISTS (SELECT 1 FROM run r WHERE r.issue_id = w.issue_id AND r.status IN ('RUNNING', 'QUEUED', 'SCHEDULED_RETRY'))`);
  if (left[0]) throw new ClaimBroken(`a wake waits for the end of a run that there is none of (${left[0].id})`);
  const open = await db.query<{ id: string }>(sql`
    SELECT id FROM issue WHERE company_id = ${companyId}::uuid AND assignee_id IS NOT NULL AND status IN ('TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED')`);
  const idle = new Set((await db.query<{ id: string }>(sql`SELECT id FROM agent WHERE company_id = ${companyId}::uuid AND status IN ('PAUSED', 'TERMINATED')`)).map((agent) => agent.id));
  const facts = await livenessFacts.read(db, open.map((issue) => issue.id));
  for (const [id, each] of facts) {
    const live = each && livenessOf(each);
    if (live?.mover === 'AGENT' && live.agentId && idle.has(live.agentId)) throw new ClaimBroken(`issue ${id} is left to an agent that takes no work: ${live.text}`);
    if (!live || live.mover === 'NOTHING') throw new ClaimBroken(`nothing moves issue ${id} at ${now().toISOString()}: ${live?.state} ${live?.text} ${JSON.stringify(each)}`);
  }
}
