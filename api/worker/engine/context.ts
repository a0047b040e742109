import type { Adapter, Json, RunContext } from '../../../adapters/contract.ts';
import { spoolFile } from '../../../adapters/spool/folder.ts';
import type { Assignment } from '../../../schema/run/assignment.ts';
import { runtimeVariables, wakePayload, wakesOf } from './environment.ts';
import type { Engine } from './resources.ts';
import { agentFolder } from './workspace.ts';

export type Prepared = { kind: 'ready'; context: RunContext } | { kind: 'refused'; code: string; message: string; remedy: string };

/** What is wrong with a configuration, field by field; null where nothing is. */
export function problemsOf(adapter: Adapter, config: unknown): string | null {
  const parsed = adapter.config.safeParse(config ?? {});
  return parsed.success ? null : parsed.error.issues.map((problem) => `${problem.path.join('.') || 'configuration'}: ${problem.message}`).join('; ');
}

/** What the adapter is told of a run, with its configuration checked. */
export async function prepareContext(
  engine: Engine, adapter: Adapter, assignment: Assignment, spoolDir: string, workspace = assignment.workspace,
): Promise<Prepared> {
  const { run, agent, company, issue } = assignment;
  const parsed = adapter.config.safeParse(agent.adapterConfig ?? {});
  if (!parsed.success) {
    return {
      kind: 'refused', code: 'CONFIG_INVALID', message: `The agent's configuration does not fit its adapter. ${problemsOf(adapter, agent.adapterConfig)}`,
      remedy: 'Correct the agent’s adapter configuration.',
    };
  }
  const agentHome = await agentFolder(engine, agent.id).catch((error: Error) => error);
  if (agentHome instanceof Error) {
    return { kind: 'refused', code: 'WORKSPACE_UNUSABLE', message: `The agent's folder cannot be made: ${agentHome.message}`, remedy: 'Check the space and the owner of Boardroom’s home folder.' };
  }
  // Where a project's work is done is for the project to say; elsewhere the agent's own choice holds.
  const cwd = workspace?.path ?? (parsed.data as { cwd?: string }).cwd ?? agentHome;
  const token = await engine.signToken({ agentId: agent.id, companyId: company.id, runId: run.id });
  const payload = wakePayload(assignment);
  const { wakes: _, ...news } = payload;
  return {
    kind: 'ready',
    context: {
      config: parsed.data, run: { id: run.id, number: run.number, source: run.source }, company, issue, cwd,
      agent: { id: agent.id, name: agent.name, role: agent.role, title: agent.title, capabilities: agent.capabilities },
      wake: {
        reason: wakesOf(assignment).at(-1)?.reason ?? run.reason ?? 'manual',
        commentId: typeof payload['commentId'] === 'string' ? payload['commentId'] : null,
        comments: assignment.comments, payload: news as Record<string, Json>,
      },
      session: assignment.session && { params: assignment.session.params as Record<string, Json>, displayId: assignment.session.displayId },
      scratchDir: spoolFile(spoolDir, 'files'),
      env: { ...runtimeVariables({ assignment, apiUrl: engine.apiUrl, token, cwd, agentHome, workspace }) },
    },
  };
}

