import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../prisma/client.ts';
import { newId } from '../../prisma/id.ts';
import type { Run } from '../../prisma/generated/client.ts';

let made: string | undefined;

/** A small repository with one commit, made once for a process. */
function repository(): string {
  if (made) return made;
  const folder = mkdtempSync(join(tmpdir(), 'boardroom-test-repository-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'README.md'), 'hello\n');
  for (const args of [['init', '--quiet'], ['add', '.'], ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', 'commit', '--quiet', '-m', 'first']]) execFileSync('git', args, { cwd: folder });
  return (made = folder);
}

/** A folder in which a run has worked, and whose finalize has failed. */
export async function insertWorkspace({ prisma }: Database, run: Run, name: string) {
  const { companyId, issueId, id: runId } = run;
  const project = await prisma.issue.findUniqueOrThrow({ where: { id: issueId as string }, select: { projectId: true } });
  const workspace = await prisma.workspace.create({
    data: { id: newId(), companyId, projectId: project.projectId, sourceIssueId: issueId, mode: 'SHARED_FOLDER', path: repository(), branch: `${name} branch`, repoPath: `/${name} repository`, baseRef: `${name} base` },
  });
  const common = { companyId, workspaceId: workspace.id, runId, issueId };
  await prisma.workspaceOperation.create({ data: { id: newId(), ...common, phase: 'PREPARE', status: 'SUCCEEDED', log: `${name} log`, finishedAt: new Date() } });
  const operation = await prisma.workspaceOperation.create({ data: { id: newId(), ...common, phase: 'FINALIZE', status: 'FAILED', errorMessage: `${name} fault`, finishedAt: new Date() } });
  await prisma.workspace.update({ where: { id: workspace.id }, data: { lastOperationId: operation.id } });
  await prisma.issue.update({ where: { id: issueId as string }, data: { workspaceId: workspace.id, lastOperationId: operation.id } });
  await prisma.run.update({ where: { id: runId }, data: { workspaceId: workspace.id } });
  return { workspace, operation };
}
