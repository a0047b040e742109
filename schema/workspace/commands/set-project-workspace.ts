import type { Project } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { LIMITS, optionalText } from '../../shared/text.ts';
import { checkedBaseRef, checkedFolder, checkedTemplate } from '../checks.ts';
import { BRANCH_TEMPLATE } from '../rules.ts';

export interface ProjectWorkspaceFields {
  mode: 'SHARED_FOLDER' | 'GIT_WORKTREE';
  path: string;
  baseRef?: string | null | undefined;
  branchTemplate?: string | null | undefined;
  provisionCommand?: string | null | undefined;
}

export interface SetProjectWorkspace {
  projectId: string;
  /** Null: agents work in folders of their own. */
  workspace?: ProjectWorkspaceFields | null | undefined;
}

const COMMAND_MAX = 4_000;

/**
 * Says where the work of a project is done, from the next run on. Board only: it names folders of the machine, and a command
 * that is run there.
 */
export async function setProjectWorkspace(tx: Tx, by: Principal, input: SetProjectWorkspace): Promise<Project> {
  const project = visible(by, await tx.project.findUnique({ where: { id: input.projectId } }), 'project');
  mustBeBoard(by, 'say where a project\'s work is done');
  const { id: projectId, companyId } = project;
  if (input.workspace) {
    const { mode, path, baseRef, branchTemplate, provisionCommand } = input.workspace;
    const base = optionalText('baseRef', baseRef, LIMITS.short);
    const data = {
      mode, path: checkedFolder(path), baseRef: base && checkedBaseRef(base), branchTemplate: branchTemplate ? checkedTemplate(branchTemplate) : BRANCH_TEMPLATE,
      provisionCommand: optionalText('provisionCommand', provisionCommand, COMMAND_MAX),
    };
    await tx.projectWorkspace.upsert({ where: { projectId }, update: data, create: { projectId, companyId, ...data } });
  } else {
    await tx.projectWorkspace.deleteMany({ where: { projectId } });
  }
  await recordActivity(tx, by, {
    companyId, action: 'project.workspaceSet', entityType: 'project', entityId: projectId, details: { mode: input.workspace?.mode ?? null, path: input.workspace?.path ?? null },
  });
  return project;
}
