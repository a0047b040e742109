import { newId } from '../../prisma/id.ts';
import type { Project } from '../../prisma/generated/client.ts';
import type { ProjectStatus } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, visible } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { stayingWithin } from '../budget/leaving.ts';
import { checkedColor, openCompanyOf } from '../company/commands.ts';
import { checkedAgent } from '../goal/commands.ts';
import { checkedGoal } from '../issue/commands/references.ts';
import { once } from '../shared/idempotency.ts';
import { LIMITS, optionalText, requiredText } from '../shared/text.ts';

export interface ProjectFields {
  name?: string | null | undefined;
  description?: string | null | undefined;
  status?: ProjectStatus | null | undefined;
  color?: string | null | undefined;
  goalId?: string | null | undefined;
  leadId?: string | null | undefined;
  targetDate?: Date | null | undefined;
}

/** What a project wears when nobody chose: the muted inks of the board, in turn by id. */
const COLORS = ['#7d473f', '#764e29', '#655721', '#416239', '#18665a', '#22607a', '#505381', '#744765'] as const;

/** Opens a project. Board and agents may. */
export async function createProject(tx: Tx, by: Principal, input: ProjectFields & { companyId: string; name: string; idempotencyKey?: string | null | undefined }): Promise<Project> {
  const { companyId, idempotencyKey, ...fields } = input;
  await openCompanyOf(tx, by, companyId);
  const id = await once(tx, by, { companyId, operation: 'createProject', key: idempotencyKey, input: fields }, async () => {
    const newProjectId = newId();
    const project = await tx.project.create({
      data: {
        id: newProjectId, companyId, name: requiredText('name', input.name, LIMITS.name), description: optionalText('description', input.description, LIMITS.description),
        status: input.status ?? 'BACKLOG', color: checkedColor('color', input.color) ?? colorOf(newProjectId),
        goalId: await checkedGoal(tx, companyId, input.goalId), leadId: await checkedAgent(tx, companyId, input.leadId, 'lead'), targetDate: input.targetDate ?? null,
      },
    });
    await recordActivity(tx, by, { companyId, action: 'project.created', entityType: 'project', entityId: project.id, details: { name: project.name } });
    return project.id;
  });
  return tx.project.findUniqueOrThrow({ where: { id } });
}

/** Changes what is given; null empties what may be empty. Archiving hides it from lists and keeps everything. */
export async function updateProject(tx: Tx, by: Principal, input: ProjectFields & { projectId: string; archived?: boolean | null | undefined }): Promise<Project> {
  const before = visible(by, await tx.project.findUnique({ where: { id: input.projectId } }), 'project');
  const data = {
    ...(typeof input.name === 'string' ? { name: requiredText('name', input.name, LIMITS.name) } : {}),
    ...(input.description !== undefined ? { description: optionalText('description', input.description, LIMITS.description) } : {}),
    ...(input.status ? { status: input.status } : {}),
    ...(input.color ? { color: checkedColor('color', input.color) ?? before.color } : {}),
    ...(input.goalId !== undefined ? { goalId: await checkedGoal(tx, before.companyId, input.goalId) } : {}),
    ...(input.leadId !== undefined ? { leadId: await checkedAgent(tx, before.companyId, input.leadId, 'lead') } : {}),
    ...(input.targetDate !== undefined ? { targetDate: input.targetDate } : {}),
    ...(typeof input.archived === 'boolean' ? { archivedAt: input.archived ? (before.archivedAt ?? new Date()) : null } : {}),
  };
  const project = await stayingWithin(tx, by, input.goalId === undefined ? null : { companyId: before.companyId, projectId: before.id }, () => tx.project.update({ where: { id: before.id }, data }));
  await recordActivity(tx, by, { companyId: project.companyId, action: 'project.updated', entityType: 'project', entityId: project.id, details: { changed: Object.keys(data) } });
  return project;
}

function colorOf(id: string): string {
  return COLORS[Number.parseInt(id.slice(-2), 16) % COLORS.length] ?? COLORS[0];
}
