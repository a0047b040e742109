import type { Priority } from '../../prisma/generated/enums.ts';

/* The making of children from a plan (no I/O). */

export const CHILDREN_MAX = 25;

/** A child as it was first asked for. */
export interface PlannedChild {
  key: string;
  title: string;
  description: string | null;
  assigneeId: string | null;
  priority: Priority | null;
  /** Children before it in the list that must be done first. */
  afterKeys: string[];
}

/** What is wrong with a set of children; null when it can be made one after the other. */
export function flawOfChildren(children: readonly PlannedChild[]): { field: string; message: string } | null {
  if (children.length === 0) return { field: 'children', message: 'must hold at least one' };
  if (children.length > CHILDREN_MAX) return { field: 'children', message: `holds ${children.length}, at most ${CHILDREN_MAX} are allowed` };
  const before = new Set<string>();
  for (const { key, afterKeys } of children) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(key)) return { field: 'children.key', message: 'must be 1 to 64 letters, digits, dots, dashes or underscores' };
    if (before.has(key)) return { field: 'children.key', message: `${key} is there twice` };
    const later = afterKeys.find((each) => !before.has(each));
    if (later !== undefined) return { field: 'children.afterKeys', message: `${key} comes after ${later}, which is not before it in the list` };
    before.add(key);
  }
  return null;
}

/** Who makes the children. */
export interface Owner {
  ownerType: 'USER' | 'AGENT' | 'SYSTEM';
  ownerId: string | null;
  ownerRunId: string | null;
}

/**
 * Whether somebody may go on with what an owner began: the owner itself, and anybody once no living run owns it. An owner
 * without a run (a person, a key) cannot be told to be at it still, so it never keeps others from going on.
 */
export function mayGoOn(asking: Owner, owner: Owner, isOwnerRunAlive: boolean): boolean {
  if (owner.ownerRunId === null || !isOwnerRunAlive) return true;
  return asking.ownerRunId === owner.ownerRunId;
}

export function isSameOwner(a: Owner, b: Owner): boolean {
  return a.ownerType === b.ownerType && a.ownerId === b.ownerId && a.ownerRunId === b.ownerRunId;
}
