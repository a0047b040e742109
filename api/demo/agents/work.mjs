import { boardroom, boardroomAloud } from './boardroom.mjs';
import { bold, finish, green, quote, say } from './narrate.mjs';
import { catchUp } from './repository.mjs';

const closed = ['DONE', 'CANCELLED'];

/**
 * What every agent does in a run: look who it is, take its issue, work, report, finish. docs/agents.md says the same
 * in words. `work(issue)` returns the closing comment, or null where the issue stays open.
 */
export async function goToWork(person, work) {
  try {
    await say(bold(`${person.name}, ${person.title}.`) + ` Woken by ${process.env.BOARDROOM_WAKE_REASON ?? 'hand'}.`);
    const ref = process.env.BOARDROOM_TASK_ID || (await firstInInbox());
    if (ref) await doIssue(person, ref, work);
    else await say('Nothing to do. Back to sleep.');
    await finish();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function firstInInbox() {
  const { data } = await boardroomAloud('inbox');
  return data.find((issue) => !issue.blocked)?.id;
}

async function doIssue(person, ref, work) {
  const before = (await boardroom('issue', 'show', ref)).data;
  await say(`${before.identifier}: ${before.title}`);
  if (closed.includes(before.status)) return say('Already closed. Nothing left to do.');
  const { conflict } = await boardroomAloud('issue', 'checkout', before.identifier);
  // Somebody has it, or it waits for something. That is final: asking again would only be noise.
  if (conflict) return decline(before, conflict);
  await quote('IN_PROGRESS, held by this run');
  await catchUp(person);
  const comment = await work(before);
  await reportCost(person);
  if (comment === null) return;
  const words = isAnswer() ? `${apology}\n\n${comment}` : comment;
  await boardroomAloud('issue', 'update', before.identifier, '--status', 'done', '--comment', words);
  await say(green(`${before.identifier} is done.`));
  await tellWhatWaits(before);
}

/** Somebody who asked gets an answer; nobody else is disturbed. */
async function decline(issue, { blockers }) {
  await say('Not mine to take now. I leave it.');
  if (!isAnswer() || !blockers) return;
  const list = blockers.map(({ identifier, status, title }) => `- ${identifier} ${status} ${title}`).join('\n');
  await boardroomAloud('issue', 'comment', issue.identifier, `It waits for:\n\n${list}`);
}

/** What comes next does not start yet: first this run must be over, and its worktree found in order. */
async function tellWhatWaits(issue) {
  for (const { identifier } of issue.blocks.filter(({ status }) => !closed.includes(status))) {
    const { data } = await boardroom('issue', 'show', identifier);
    await quote(`${identifier} ${data.title}: ${data.nextStep.text}`);
  }
}

const apology = 'I am one of the demo\'s scripts and cannot read what you wrote, so I did my part over again.';

/** Whether a person's comment is what this run was woken by. */
export function isAnswer() {
  return /comment/.test(process.env.BOARDROOM_WAKE_REASON ?? '');
}

/** A script thinks for free; the figures stand for what a model would have reported, and are the same every time. */
async function reportCost({ usage }) {
  await boardroomAloud(
    'cost', 'report', '--provider', 'demo', '--model', usage.model, '--usd', usage.usd,
    '--input-tokens', usage.inputTokens, '--output-tokens', usage.outputTokens,
  );
}

/** Does the work that the title names; anything else that a person files gets an honest note. */
export function byTitle(steps, jobs, otherwise) {
  return (issue) => {
    const key = steps.find(({ title }) => title === issue.title)?.key;
    return key && jobs[key] ? jobs[key](issue) : otherwise(issue);
  };
}
