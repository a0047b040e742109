import { execFileSync } from 'node:child_process';
import { access, chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../prisma/transaction.ts';
import { createProject } from '../../schema/project/commands.ts';
import { BOARD } from '../../schema/run/testing.ts';
import { retryFinalize } from '../../schema/workspace/commands/retry-finalize.ts';
import { setProjectWorkspace } from '../../schema/workspace/commands/set-project-workspace.ts';
import { Office } from './testing.ts';

/* A worker whose git takes its time. */
let office: Office;
const path = process.env['PATH'];
beforeAll(async () => {
  office = await Office.open();
  const bin = join(office.home, 'slow bin');
  await mkdir(bin);
  await writeFile(join(bin, 'git'), '#!/bin/sh\nwhile [ -e "$HOME/slow" ]; do : > "$HOME/waits"; sleep 0.05; done\nPATH=${PATH#*:} exec git "$@"\n');
  await chmod(join(bin, 'git'), 0o755);
  process.env['PATH'] = `${bin}:${path}`;
  await office.startWorker();
});
afterAll(() => {
  process.env['PATH'] = path;
  return office.close();
});

const isThere = (file: string) => access(join(office.home, file)).then(() => true, () => false);

test('a finalize that takes long does not keep the worker from renewing its leases', async () => {
  const repo = join(office.home, 'repo');
  for (const args of [['init', '--quiet', repo], ['-C', repo, '-c', 'user.name=A', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '-m', 'first']]) execFileSync('git', args);
  const projectId = await write(office.acme.db, async (tx) => {
    const { id } = await createProject(tx, BOARD, { companyId: office.acme.companyId, name: 'Works' });
    await setProjectWorkspace(tx, BOARD, { projectId: id, workspace: { mode: 'GIT_WORKTREE', path: repo } });
    return id;
  });
  const agent = await office.acme.agent({ adapterType: 'process', adapterConfig: { command: 'true' } });
  const issue = await office.acme.issue({ projectId, assigneeId: agent.id });
  await office.ended((await office.acme.db.prisma.run.findFirstOrThrow({ where: { issueId: issue.id }, orderBy: { number: 'asc' } })).id);
  await office.acme.db.prisma.run.updateMany({ where: { issueId: issue.id, status: { in: ['QUEUED', 'RUNNING'] } }, data: { status: 'CANCELLED' } });
  const runId = await office.shell('echo ready; sleep 300');
  await office.printed(runId, 'ready');

  await writeFile(join(office.home, 'slow'), '');
  await write(office.acme.db, (tx) => retryFinalize(tx, BOARD, { issueId: issue.id }));
  await expect.poll(() => isThere('waits'), { timeout: 60_000 }).toBe(true);
  const leaseOf = async () => (await office.acme.run(runId)).leaseExpiresAt?.getTime() ?? 0;
  const first = await leaseOf();
  await expect.poll(leaseOf, { timeout: 60_000 }).toBeGreaterThan(first + 3_000);
  await rm(join(office.home, 'slow'));
  await expect.poll(async () => (await office.acme.db.prisma.workspaceOperation.findFirstOrThrow({ where: { issueId: issue.id }, orderBy: { id: 'desc' } })).status, { timeout: 60_000 }).toBe('SUCCEEDED');
});
