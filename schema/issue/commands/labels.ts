import { newId } from '../../../prisma/id.ts';
import type { Label } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { checkedColor, openCompanyOf } from '../../company/commands.ts';
import { badInput, notFound, Refusal } from '../../shared/refusal.ts';
import { requiredText } from '../../shared/text.ts';

const LABEL_NAME_MAX = 48;
const LABELS_PER_ISSUE = 50;

/** Makes a label; its name is unique in the company. */
export async function createLabel(tx: Tx, by: Principal, input: { companyId: string; name: string; color?: string | null | undefined }): Promise<Label> {
  const { companyId } = input;
  await openCompanyOf(tx, by, companyId);
  const name = requiredText('name', input.name, LABEL_NAME_MAX);
  if (await tx.label.findUnique({ where: { companyId_name: { companyId, name } } })) {
    throw new Refusal('CONFLICT', `there is a label ${name} already`, { field: 'name' });
  }
  const label = await tx.label.create({ data: { id: newId(), companyId, name, color: checkedColor('color', input.color) ?? '#5e625c' } });
  await recordActivity(tx, by, { companyId, action: 'label.created', entityType: 'label', entityId: label.id, details: { name } });
  return label;
}

/** Changes name or color of a label wherever it is. */
export async function updateLabel(tx: Tx, by: Principal, input: { labelId: string; name?: string | null | undefined; color?: string | null | undefined }): Promise<Label> {
  const before = await labelFor(tx, by, input.labelId);
  const name = typeof input.name === 'string' ? requiredText('name', input.name, LABEL_NAME_MAX) : before.name;
  const color = checkedColor('color', input.color) ?? before.color;
  if (name !== before.name && (await tx.label.findUnique({ where: { companyId_name: { companyId: before.companyId, name } } }))) {
    throw new Refusal('CONFLICT', `there is a label ${name} already`, { field: 'name' });
  }
  const label = await tx.label.update({ where: { id: before.id }, data: { name, color } });
  await recordActivity(tx, by, { companyId: label.companyId, action: 'label.updated', entityType: 'label', entityId: label.id, details: { name, former: before.name } });
  return label;
}

/** Takes a label from all issues and forgets it. Returns it as it was. */
export async function deleteLabel(tx: Tx, by: Principal, input: { labelId: string }): Promise<Label> {
  const label = await labelFor(tx, by, input.labelId);
  mustBeBoard(by, 'delete labels');
  await tx.label.delete({ where: { id: label.id } });
  await recordActivity(tx, by, { companyId: label.companyId, action: 'label.deleted', entityType: 'label', entityId: label.id, details: { name: label.name } });
  return label;
}

async function labelFor(tx: Tx, by: Principal, labelId: string): Promise<Label> {
  return visible(by, await tx.label.findUnique({ where: { id: labelId } }), 'label');
}

/** Gives an issue exactly these labels. */
export async function replaceLabels(tx: Tx, issue: { id: string; companyId: string }, labelIds: string[]): Promise<void> {
  const wanted = [...new Set(labelIds)];
  if (wanted.length > LABELS_PER_ISSUE) throw badInput('labelIds', `at most ${LABELS_PER_ISSUE} labels`);
  const found = await tx.label.count({ where: { id: { in: wanted }, companyId: issue.companyId } });
  if (found !== wanted.length) throw notFound('label');
  await tx.issueLabel.deleteMany({ where: { issueId: issue.id } });
  await tx.issueLabel.createMany({ data: wanted.map((labelId) => ({ companyId: issue.companyId, issueId: issue.id, labelId })) });
}
