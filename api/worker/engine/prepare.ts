import type { WorkspaceFault, WorkspacePlace } from '../../../adapters/workspaces/contract.ts';
import type { Workspace } from '../../../prisma/generated/client.ts';
import { violatedUnique, write } from '../../../prisma/transaction.ts';
import type { Assignment, RunWorkspace } from '../../../schema/run/assignment.ts';
import type { RunEnd } from '../../../schema/run/rules.ts';
import { type Beginning, beginPrepare } from '../../../schema/workspace/commands/begin-prepare.ts';
import { beginProvision, isProvisioned } from '../../../schema/workspace/commands/begin-step.ts';
import { closeOperation } from '../../../schema/workspace/commands/close-operation.ts';
import { processEnvironment, workspaceVariables } from './environment.ts';
import { Preparation } from './preparation.ts';
import { secretValues } from './redact.ts';
import type { Engine } from './resources.ts';
import { veilOver } from './veil.ts';
import { worktreePath } from './workspace.ts';

export type Readied =
  /** No project says where: the agent has a folder of its own. */
  | { kind: 'own' }
  | { kind: 'ready'; workspace: RunWorkspace }
  | { kind: 'failed'; code: string; message: string; remedy: string }
  /** Null: the run is, or will be, in other hands. */
  | { kind: 'stopped'; end: RunEnd | null };

/** A project's own command may install half the world. */
const PROVISION_MS = 15 * 60_000;
const RIVALS_MAX = 5;

interface OwnRun { runId: string; leaseToken: number }
type Begun = Extract<Beginning, { kind: 'begun' }>;

/**
 * Makes the folder ready in which a run is to work: prepared each time, provisioned when it is new. Each step is written down
 * before it is done and after it, with what it printed.
 */
export async function readyFolder(engine: Engine, own: OwnRun, assignment: Assignment): Promise<Readied> {
  const began = await begin(engine, own);
  if (began.kind === 'lost') return { kind: 'stopped', end: null };
  if (began.kind === 'none') return { kind: 'own' };
  const care = new Preparation(engine, own);
  try {
    return await makeReady(engine, own, assignment, began, care);
  } finally {
    care.leave();
  }
}

async function makeReady(engine: Engine, own: OwnRun, assignment: Assignment, { workspace, operationId, identifier, settings }: Begun, care: Preparation): Promise<Readied> {
  const place = placeOf(engine, workspace, identifier);
  const prepared = await care.unlessBroken(engine.workspaces.prepare(place).catch(unexpected));
  if (prepared === 'aborted') return stopped(engine, operationId, care);
  if (prepared.kind === 'fault') return failed(engine, operationId, prepared, place.mode === 'GIT_WORKTREE' ? null : place.path);
  const path = place.mode === 'GIT_WORKTREE' ? prepared.path : place.path;
  const found = { path, branch: prepared.branch, baseCommit: prepared.baseCommit, headCommit: prepared.headCommit };
  await write(engine.db, (tx) => closeOperation(tx, { operationId, status: 'SUCCEEDED', log: prepared.log, found }));
  const ready: RunWorkspace = { ...workspace, path, branch: prepared.branch };
  const command = place.mode === 'GIT_WORKTREE' ? settings.provisionCommand : null;
  if (command && (prepared.isNew || !(await write(engine.db, (tx) => isProvisioned(tx, workspace.id))))) {
    const trouble = await provision(engine, own, assignment, ready, command, care);
    if (trouble) return trouble;
  }
  return care.end === undefined ? { kind: 'ready', workspace: ready } : { kind: 'stopped', end: care.end };
}

/** Rivals for a project's first workspace: one makes its row, the others find it. */
async function begin(engine: Engine, own: OwnRun): Promise<Beginning> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write(engine.db, (tx) => beginPrepare(tx, own));
    } catch (error) {
      if (attempt === RIVALS_MAX || violatedUnique(error) === null) throw error;
    }
  }
}

async function provision(engine: Engine, own: OwnRun, { issue }: Assignment, workspace: RunWorkspace, command: string, care: Preparation): Promise<Readied | null> {
  const operationId = await write(engine.db, (tx) => beginProvision(tx, own, command));
  if (operationId === null) return { kind: 'stopped', end: null };
  const env = processEnvironment({ home: engine.home, host: engine.hostVariables, agent: {}, runtime: workspaceVariables(workspace, issue) });
  const { kind, exitCode, message, log } = await engine.workspaces.provision({ path: workspace.path as string, command, env, timeoutMs: PROVISION_MS }, care.signal);
  const shown = veilOver(secretValues(env)).hide(log);
  if (kind === 'aborted') return stopped(engine, operationId, care, shown);
  const status = kind === 'succeeded' ? 'SUCCEEDED' : 'FAILED';
  await write(engine.db, (tx) => closeOperation(tx, { operationId, status, log: shown, exitCode, errorMessage: message }));
  if (kind === 'succeeded') return null;
  return { kind: 'failed', code: 'WORKSPACE_PROVISION_FAILED', message: `The command that sets up the worktree failed: ${message}.`, remedy: 'See the log of the workspace\'s operation, and correct the command in the project\'s workspace settings.' };
}

/** Somebody called the run off. What is written down is only for people: the next run begins by looking again. */
async function stopped(engine: Engine, operationId: string, { end }: Preparation, log = ''): Promise<Readied> {
  if (end) await write(engine.db, (tx) => closeOperation(tx, { operationId, status: 'FAILED', log, errorMessage: 'it was broken off' }));
  return { kind: 'stopped', end: end ?? null };
}

async function failed(engine: Engine, operationId: string, { code, message, remedy, log }: WorkspaceFault, path: string | null): Promise<Readied> {
  await write(engine.db, (tx) => closeOperation(tx, { operationId, status: 'FAILED', log, errorMessage: `${message}. ${remedy}`, ...(path ? { found: { path } } : {}) }));
  return { kind: 'failed', code, message: `The workspace cannot be used: ${message}.`, remedy };
}

/** Where a workspace is, or is to be made. */
export function placeOf(
  engine: Pick<Engine, 'home'>, { id, mode, path, repoPath, baseRef, branch, baseCommit }: Pick<Workspace, 'id' | 'mode' | 'path' | 'repoPath' | 'baseRef' | 'branch' | 'baseCommit'>, identifier: string,
): WorkspacePlace {
  if (mode === 'SHARED_FOLDER') return { mode, path: path ?? '' };
  return { mode, path: path ?? worktreePath(engine, identifier, id), repoPath: repoPath ?? '', baseRef, branch: branch ?? '', baseCommit };
}

/** What nobody thought of fails one run, in words, and not its worker. */
export function unexpected(error: Error): WorkspaceFault {
  return { kind: 'fault', code: 'GIT_FAILED', message: error.message, remedy: 'Look at the folder on the worker\'s machine.', log: error.message };
}
