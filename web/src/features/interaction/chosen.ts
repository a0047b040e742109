/** A drafted task, as far as choosing goes. */
interface Drafted {
  key: string;
  parentKey?: string | null | undefined;
}

/** Draft and what it stands under, from the top. */
function above(tasks: readonly Drafted[], key: string): string[] {
  const task = tasks.find((each) => each.key === key);
  return task?.parentKey ? [...above(tasks, task.parentKey), task.parentKey] : [];
}

function below(tasks: readonly Drafted[], key: string): string[] {
  return tasks.filter((each) => each.parentKey === key).flatMap((each) => [each.key, ...below(tasks, each.key)]);
}

/** How deep a draft stands, from 0. */
export const depthOf = (tasks: readonly Drafted[], key: string): number => above(tasks, key).length;

/** Takes a draft in with what it stands under, or out with all below it: what is chosen stays closed. */
export function toggleDraft(tasks: readonly Drafted[], chosen: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(chosen);
  if (next.has(key)) for (const each of [key, ...below(tasks, key)]) next.delete(each);
  else for (const each of [key, ...above(tasks, key)]) next.add(each);
  return next;
}

/** Drafts in the order in which they are read: each followed by what stands under it. */
export function asTree<Task extends Drafted>(tasks: readonly Task[], under: string | null = null): Task[] {
  return tasks.filter((each) => (each.parentKey ?? null) === under).flatMap((each) => [each, ...asTree(tasks, each.key)]);
}
