import type { Agent, AgentSession, Issue, Run, Workspace } from '../../prisma/generated/client.ts';
import type { Database } from '../../prisma/client.ts';
import { sql } from '../../prisma/sql.ts';
import { clip } from '../shared/text.ts';
import { taskKeyOf } from './rules.ts';

/** Everything that a worker must know to start a run. */
export interface Assignment {
  run: Pick<Run, 'id' | 'number' | 'source' | 'reason' | 'adapterType' | 'context' | 'retryOfId' | 'startedAt' | 'execution' | 'cancelRequestedAt' | 'cancelReason' | 'leaseToken'>;
  agent: Pick<Agent, 'id' | 'name' | 'role' | 'title' | 'capabilities' | 'adapterConfig'>;
  company: { id: string; name: string };
  issue: AssignedIssue | null;
  /** What people and other agents said on the issue since the agent's last run on it, oldest first. */
  comments: { author: string; body: string; at: string }[];
  session: Pick<AgentSession, 'params' | 'displayId'> | null;
  /** Where it works, once that was prepared. */
  workspace: RunWorkspace | null;
}

export type RunWorkspace = Pick<Workspace, 'id' | 'mode' | 'path' | 'repoPath' | 'baseRef' | 'branch'>;

export interface AssignedIssue extends Pick<Issue, 'id' | 'title' | 'description' | 'status' | 'priority'> {
  identifier: string;
  parent: { identifier: string; title: string } | null;
  project: string | null;
  goal: string | null;
}

const COMMENTS_MAX = 8;
const COMMENT_LENGTH = 4_000;
const COMMENTS_LENGTH = 12_000;

interface Row extends Omit<Assignment['run'], 'id'> {
  runId: string; agent: Assignment['agent']; companyId: string; companyName: string; prefix: string;
  issue: (Omit<AssignedIssue, 'identifier' | 'parent'> & { number: number; parentNumber: number | null; parentTitle: string | null }) | null;
  session: Assignment['session'];
  workspace: Assignment['workspace'];
}

/** Null where the run is gone. */
export async function readAssignment(db: Database, runId: string): Promise<Assignment | null> {
  const [row] = await db.query<Row>(sql`
    SELECT r.id AS "runId", r.number, r.source, r.reason, r.adapter_type AS "adapterType", r.context, r.retry_of_id AS "retryOfId", r.started_at AS "startedAt",
      r.execution, r.cancel_requested_at AS "cancelRequestedAt", r.cancel_reason AS "cancelReason", r.lease_token AS "leaseToken",
      c.id AS "companyId", c.name AS "companyName", c.prefix,
      jsonb_build_object('id', a.id, 'name', a.name, 'role', a.role, 'title', a.title, 'capabilities', a.capabilities, 'adapterConfig',
        CASE WHEN r.model_lane = 'CHEAP' THEN a.adapter_config || coalesce(a.cheap_config, '{}'::jsonb) ELSE a.adapter_config END) AS agent,
      CASE WHEN i.id IS NOT NULL THEN jsonb_build_object('id', i.id, 'number', i.number, 'title', i.title, 'description', i.description, 'status', i.status,
        'priority', i.priority, 'parentNumber', p.number, 'parentTitle', p.title, 'project', pr.name, 'goal', g.title) END AS issue,
      CASE WHEN s.id IS NOT NULL THEN jsonb_build_object('params', s.params, 'displayId', s.display_id) END AS session,
      CASE WHEN w.id IS NOT NULL THEN jsonb_build_object('id', w.id, 'mode', w.mode, 'path', w.path, 'repoPath', w.repo_path, 'baseRef', w.base_ref, 'branch', w.branch) END AS workspace
    FROM run r JOIN agent a ON a.id = r.agent_id JOIN company c ON c.id = r.company_id
      LEFT JOIN issue i ON i.id = r.issue_id LEFT JOIN issue p ON p.id = i.parent_id
      LEFT JOIN project pr ON pr.id = i.project_id LEFT JOIN goal g ON g.id = i.goal_id
      LEFT JOIN agent_session s ON s.agent_id = r.agent_id AND s.adapter_type = r.adapter_type AND s.task_key = coalesce(r.issue_id::text, ${taskKeyOf(null)})
      LEFT JOIN workspace w ON w.id = r.workspace_id
    WHERE r.id = ${runId}::uuid`);
  if (!row) return null;
  const { runId: id, agent, companyId, companyName, prefix, issue, session, workspace, ...run } = row;
  return {
    run: { id, ...run }, agent, session, workspace, company: { id: companyId, name: companyName },
    issue: issue && briefOf(issue, prefix),
    comments: issue ? await recentComments(db, id, agent.id, issue.id) : [],
  };
}

function briefOf({ number, parentNumber, parentTitle, ...issue }: NonNullable<Row['issue']>, prefix: string): AssignedIssue {
  return {
    ...issue, identifier: `${prefix}-${number}`,
    parent: parentNumber === null ? null : { identifier: `${prefix}-${parentNumber}`, title: parentTitle ?? '' },
  };
}

async function recentComments(db: Database, runId: string, agentId: string, issueId: string): Promise<Assignment['comments']> {
  const rows = await db.query<{ author: string | null; body: string; at: Date }>(sql`
    SELECT coalesce(a.name, u.name, 'Boardroom') AS author, left(c.body, ${COMMENT_LENGTH + 1}) AS body, c.created_at AS at
    FROM comment c LEFT JOIN agent a ON c.author_type = 'AGENT' AND a.id = c.author_id LEFT JOIN board_user u ON c.author_type = 'USER' AND u.id = c.author_id
    WHERE c.issue_id = ${issueId}::uuid AND (c.author_id IS DISTINCT FROM ${agentId}::uuid)
      AND c.created_at > coalesce((SELECT max(x.started_at) FROM run x WHERE x.issue_id = ${issueId}::uuid AND x.agent_id = ${agentId}::uuid AND x.id <> ${runId}::uuid), '-infinity')
    ORDER BY c.created_at DESC, c.id DESC LIMIT ${COMMENTS_MAX}`);
  const told: Assignment['comments'] = [];
  let room = COMMENTS_LENGTH;
  for (const { author, body, at } of rows) {
    if (room < 100) break;
    const text = clip(body, Math.min(COMMENT_LENGTH, room));
    room -= text.length;
    told.unshift({ author: author ?? 'Boardroom', body: text, at: at.toISOString() });
  }
  return told;
}
