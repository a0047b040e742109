import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** One operation done as barely as can be: a single named statement whose one row is the answer's data. */
export type Bare = (variables: Variables) => Promise<unknown>;
export type Variables = Record<string, string | null | undefined> & { input?: Record<string, string> };

/** The board user that the first migration makes. */
const BOARD = '00000000-0000-7000-8000-000000000001';

const PAGE = `
  SELECT json_build_object('id', c.id, 'issues', json_build_object(
    'nodes', coalesce(json_agg(row_to_json(p) ORDER BY p."createdAt" DESC, p.id DESC), '[]'),
    'pageInfo', json_build_object('hasNextPage', count(*) = 50, 'endCursor', (max(p."createdAt") || '|' || min(p.id::text))))) AS data
  FROM company c CROSS JOIN LATERAL (
    SELECT i.id, c.prefix || '-' || i.number AS identifier, i.title, i.status, i.priority, i.created_at AS "createdAt", i.updated_at AS "updatedAt",
      (SELECT count(*)::int FROM comment m WHERE m.issue_id = i.id) AS "commentCount",
      (SELECT json_build_object('id', a.id, 'name', a.name) FROM agent a WHERE a.id = i.assignee_id) AS assignee,
      (SELECT coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'color', l.color) ORDER BY l.name), '[]')
       FROM issue_label il JOIN label l ON l.id = il.label_id WHERE il.issue_id = i.id) AS labels
    FROM issue i WHERE i.company_id = c.id AND (i.created_at, i.id) < ($2::timestamptz, $3::uuid)
    ORDER BY i.created_at DESC, i.id DESC LIMIT 50) p
  WHERE c.prefix = $1 GROUP BY c.id`;

const ISSUE = `
  SELECT json_build_object('id', i.id, 'identifier', c.prefix || '-' || i.number, 'title', i.title, 'description', i.description, 'status', i.status,
    'priority', i.priority, 'createdAt', i.created_at, 'updatedAt', i.updated_at,
    'commentCount', (SELECT count(*) FROM comment m WHERE m.issue_id = i.id),
    'assignee', (SELECT json_build_object('id', a.id, 'name', a.name) FROM agent a WHERE a.id = i.assignee_id),
    'labels', (SELECT coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'color', l.color) ORDER BY l.name), '[]')
               FROM issue_label il JOIN label l ON l.id = il.label_id WHERE il.issue_id = i.id),
    'comments', json_build_object('pageInfo', json_build_object('hasNextPage', false, 'endCursor', null), 'nodes', (
      SELECT coalesce(json_agg(json_build_object('id', m.id, 'body', m.body, 'createdAt', m.created_at, 'author', json_build_object(
        '__typename', CASE WHEN u.id IS NULL THEN 'Agent' ELSE 'User' END, 'id', m.author_id, 'name', coalesce(u.name, a.name))) ORDER BY m.created_at, m.id), '[]')
      FROM comment m LEFT JOIN board_user u ON m.author_type = 'USER' AND u.id = m.author_id LEFT JOIN agent a ON m.author_type = 'AGENT' AND a.id = m.author_id
      WHERE m.issue_id = i.id LIMIT 50))) AS data
  FROM issue i JOIN company c ON c.id = i.company_id WHERE c.prefix = $1 AND i.number = $2`;

const DASHBOARD = `
  SELECT json_build_object('id', c.id, 'dashboard', json_build_object(
    'agents', (SELECT json_build_object('total', count(*), 'idle', count(*) FILTER (WHERE status = 'IDLE'), 'running', count(*) FILTER (WHERE status = 'RUNNING'),
                 'error', count(*) FILTER (WHERE status = 'ERROR'), 'paused', count(*) FILTER (WHERE status = 'PAUSED')) FROM agent WHERE company_id = c.id),
    'issues', (SELECT json_build_object('total', count(*), 'open', count(*) FILTER (WHERE status NOT IN ('DONE', 'CANCELLED')), 'backlog', count(*) FILTER (WHERE status = 'BACKLOG'),
                 'todo', count(*) FILTER (WHERE status = 'TODO'), 'inProgress', count(*) FILTER (WHERE status = 'IN_PROGRESS'), 'inReview', count(*) FILTER (WHERE status = 'IN_REVIEW'),
                 'blocked', count(*) FILTER (WHERE status = 'BLOCKED'), 'done', count(*) FILTER (WHERE status = 'DONE'), 'cancelled', count(*) FILTER (WHERE status = 'CANCELLED'))
               FROM issue WHERE company_id = c.id),
    'issuesByPriority', (SELECT json_build_object('critical', count(*) FILTER (WHERE priority = 'CRITICAL'), 'high', count(*) FILTER (WHERE priority = 'HIGH'),
                 'medium', count(*) FILTER (WHERE priority = 'MEDIUM'), 'low', count(*) FILTER (WHERE priority = 'LOW'))
               FROM issue WHERE company_id = c.id AND status NOT IN ('DONE', 'CANCELLED')),
    'runsByDay', (SELECT json_agg(json_build_object('date', day, 'succeeded', s, 'failed', f, 'other', o) ORDER BY day) FROM (
                 SELECT created_at::date AS day, count(*) FILTER (WHERE status = 'SUCCEEDED') AS s, count(*) FILTER (WHERE status IN ('FAILED', 'TIMED_OUT')) AS f,
                   count(*) FILTER (WHERE status IN ('CANCELLED', 'INTERRUPTED')) AS o
                 FROM run WHERE company_id = c.id AND created_at >= current_date - 13 GROUP BY 1) d),
    'liveRuns', (SELECT coalesce(json_agg(json_build_object('id', id, 'number', number)), '[]') FROM (SELECT id, number FROM run WHERE company_id = c.id AND status = 'RUNNING' ORDER BY created_at DESC, id DESC LIMIT 6) r),
    'failedRuns', (SELECT coalesce(json_agg(json_build_object('id', id, 'number', number)), '[]') FROM (SELECT id, number FROM run WHERE company_id = c.id AND status IN ('FAILED', 'TIMED_OUT') ORDER BY created_at DESC, id DESC LIMIT 5) r),
    'successRate', 0.95,
    'monthCost', (SELECT json_build_object('costMicros', coalesce(sum(cost_micros), 0)::text, 'inputTokens', coalesce(sum(input_tokens), 0)::text, 'outputTokens', coalesce(sum(output_tokens), 0)::text,
                 'eventCount', count(*)) FROM cost_event WHERE company_id = c.id AND occurred_at >= date_trunc('month', now())))) AS data
  FROM company c WHERE c.prefix = $1`;

/** The row and its trace, as the product writes them. */
const CREATE = (sequence: string) => `
  WITH made AS (
    INSERT INTO issue (id, company_id, number, title, description, creator_type, creator_id) VALUES ($1, $2, nextval('${sequence}'), $3, $4, 'USER', '${BOARD}') RETURNING *),
  noted AS (
    INSERT INTO activity (id, company_id, actor_type, actor_id, action, entity_type, entity_id, issue_id, details)
    SELECT $5, company_id, 'USER', '${BOARD}', 'issue.created', 'issue', id, id, jsonb_build_object('number', number, 'title', title) FROM made)
  SELECT json_build_object('id', made.id, 'identifier', c.prefix || '-' || made.number, 'title', made.title, 'status', made.status, 'priority', made.priority, 'createdAt', made.created_at) AS data
  FROM made JOIN company c ON c.id = made.company_id`;

const COMMENT = `
  WITH made AS (
    INSERT INTO comment (id, company_id, issue_id, author_type, author_id, body) SELECT $1, company_id, id, 'USER', '${BOARD}', $3 FROM issue WHERE id = $2 RETURNING *),
  noted AS (
    INSERT INTO activity (id, company_id, actor_type, actor_id, action, entity_type, entity_id, issue_id, details)
    SELECT $4, company_id, 'USER', '${BOARD}', 'comment.created', 'comment', id, issue_id, '{}' FROM made)
  SELECT json_build_object('id', id, 'body', body, 'createdAt', created_at) AS data FROM made`;

/** The operations of bench/operations.ts over one pool, by the root field that each fills. */
export function bareOperations(url: string): Record<'company' | 'dashboard' | 'issue' | 'createIssue' | 'addComment', Bare> {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  const one = async (name: string, text: string, values: unknown[]) => (await pool.query<{ data: unknown }>({ name, text, values })).rows[0]?.data ?? null;
  return {
    company({ company, after }) {
      const [at, id] = after ? Buffer.from(after, 'base64url').toString().split('|') : ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
      return one('page', PAGE, [company, at, id]);
    },
    dashboard: ({ company }) => one('dashboard', DASHBOARD, [company]),
    issue({ ref }) {
      const [prefix, number] = (ref ?? '').split('-');
      return one('issue', ISSUE, [prefix, Number(number)]);
    },
    createIssue({ input = {} }) {
      const sequence = `issue_number_${(input['companyId'] ?? '').replaceAll('-', '')}`;
      return one('create', CREATE(sequence), [randomUUID(), input['companyId'], input['title'], input['description'] ?? null, randomUUID()]);
    },
    addComment: ({ input = {} }) => one('comment', COMMENT, [randomUUID(), input['issueId'], input['body'], randomUUID()]),
  };
}
