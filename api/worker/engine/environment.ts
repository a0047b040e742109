import { join } from 'node:path';
import type { Assignment, RunWorkspace } from '../../../schema/run/assignment.ts';

/** What an agent inherits of the worker's own environment: enough to find programs and its own settings, and no secret. */
const INHERITED = new Set([
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TERM', 'TMPDIR', 'TZ', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR',
  'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'SSH_AUTH_SOCK',
]);

export function hostVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(environment).filter(([name, value]) => value !== undefined && (INHERITED.has(name) || name.startsWith('LC_')));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** The PATH of agents: Boardroom's own commands first. */
function agentPath(home: string, path: string | undefined): string {
  return [join(home, 'bin'), path ?? '/usr/local/bin:/usr/bin:/bin'].join(':');
}

export interface RuntimeFacts {
  assignment: Assignment;
  apiUrl: string;
  token: string;
  cwd: string;
  agentHome: string;
  /** Where the work is done, if a project says that; else the folder is the agent's own. */
  workspace: RunWorkspace | null;
}

/** A comment's text reaches a process as an environment variable, and Linux takes 128 KiB in one. */
const PAYLOAD_MAX = 60_000;

interface StoredWake { reason: string; source: string; payload: Record<string, unknown> }

/** The wakes that a run answers, oldest first. */
export function wakesOf(assignment: Assignment): StoredWake[] {
  return (assignment.run.context as { wakes?: StoredWake[] } | null)?.wakes ?? [];
}

/** What the newest wake says, with those before it: `{ …payload, wakes: […] }`. */
export function wakePayload(assignment: Assignment): Record<string, unknown> {
  const wakes = wakesOf(assignment);
  const newest = wakes.at(-1)?.payload ?? {};
  for (let from = 0; from < wakes.length; from += 1) {
    const payload = wakes.length > 1 ? { ...newest, wakes: wakes.slice(from) } : newest;
    if (Buffer.byteLength(JSON.stringify(payload)) <= PAYLOAD_MAX) return payload;
  }
  const { commentId } = newest as { commentId?: string };
  return commentId === undefined ? {} : { commentId };
}

/** The variables that Boardroom sets: BOARDROOM_*, and each again as PAPERCLIP_* for skills written for that. */
export function runtimeVariables({ assignment, apiUrl, token, cwd, agentHome, workspace }: RuntimeFacts): Record<string, string> {
  const { run, agent, company, issue } = assignment;
  const payload = wakePayload(assignment);
  const own: Record<string, string | null> = {
    API_URL: apiUrl, API_KEY: token, AGENT_ID: agent.id, COMPANY_ID: company.id, RUN_ID: run.id,
    TASK_ID: issue?.id ?? null, ISSUE: issue?.identifier ?? null,
    WAKE_REASON: run.reason, WAKE_COMMENT_ID: typeof payload['commentId'] === 'string' ? payload['commentId'] : null,
    WAKE_PAYLOAD_JSON: JSON.stringify(payload), WORKSPACE_CWD: cwd,
  };
  return { ...bothNames({ ...own, ...placeOf(workspace) }), AGENT_HOME: agentHome };
}

/** What the command that sets up a worktree is told. */
export function workspaceVariables(workspace: RunWorkspace, issue: Assignment['issue']): Record<string, string> {
  return bothNames({ WORKSPACE_CWD: workspace.path, TASK_ID: issue?.id ?? null, ISSUE: issue?.identifier ?? null, ...placeOf(workspace) });
}

function placeOf(workspace: RunWorkspace | null): Record<string, string | null> {
  if (!workspace) return {};
  const isWorktree = workspace.mode === 'GIT_WORKTREE';
  return {
    WORKSPACE_ID: workspace.id, WORKSPACE_SOURCE: 'project', WORKSPACE_STRATEGY: isWorktree ? 'git_worktree' : 'project_primary', WORKSPACE_BRANCH: workspace.branch,
    WORKSPACE_REPO_REF: isWorktree ? (workspace.baseRef ?? 'HEAD') : null, WORKSPACE_WORKTREE_PATH: isWorktree ? workspace.path : null,
  };
}

function bothNames(variables: Record<string, string | null>): Record<string, string> {
  const known = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(known.flatMap(([name, value]) => [[`BOARDROOM_${name}`, value], [`PAPERCLIP_${name}`, value]]));
}

export interface Layers {
  home: string;
  host: Readonly<Record<string, string>>;
  /** From the agent's configuration. */
  agent: Readonly<Record<string, string>>;
  runtime: Readonly<Record<string, string>>;
}

/** The whole environment of a process. Boardroom's own variables win, but a key that the operator set for the agent stays. */
export function processEnvironment({ home, host, agent, runtime }: Layers): Record<string, string> {
  const key = agent['BOARDROOM_API_KEY'];
  return {
    ...host, ...agent, ...runtime,
    ...(key === undefined ? {} : { BOARDROOM_API_KEY: key, PAPERCLIP_API_KEY: key }),
    PATH: agentPath(home, agent['PATH'] ?? host['PATH']),
  };
}
