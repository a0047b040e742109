import { boardroom, boardroomAloud } from './boardroom.mjs';
import { quote, say } from './narrate.mjs';

/** Remarks on a passage of the plan that an issue is a part of, once. */
export async function remark(person, issue, passage, words) {
  const threads = issue.parent && (await threadsOf(issue.parent));
  if (!threads || threads.some((thread) => starterOf(thread) === person.name)) return;
  await boardroomAloud('doc', 'annotate', issue.parent.identifier, 'plan', '--quote', passage, words).catch(async () => {
    await say('The plan does not say that any more. Never mind.');
  });
}

/** Answers what a colleague has remarked on the plan, and settles it. */
export async function answer(colleague, issue, words) {
  const threads = (issue.parent && (await threadsOf(issue.parent))) ?? [];
  const open = threads.find((thread) => thread.status === 'OPEN' && starterOf(thread) === colleague);
  if (!open) return;
  await say(`${colleague} asks about the plan:`);
  await quote(`"${open.quote}"\n${open.comments.nodes[0].body}`);
  await boardroomAloud('doc', 'annotate', '--thread', open.id, words, '--resolve', '--key', `answer-${open.id}`);
}

/** Null where there is no plan, as where a person has split the work by hand. */
async function threadsOf({ identifier }) {
  const found = await boardroom('doc', 'show', identifier, 'plan', '--full').catch(() => null);
  return found?.data.threads ?? null;
}

function starterOf(thread) {
  return thread.comments.nodes[0]?.author.name;
}
