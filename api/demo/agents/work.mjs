import { setTimeout as sleep } from 'node:timers/promises';
import { boardroom, boardroomAloud } from './boardroom.mjs';
import { hasWritten, tokensUsed } from './meter.mjs';
import { bold, finish, green, quote, say } from './narrate.mjs';
import { catchUp } from './repository.mjs';

const closed = ['DONE', 'CANCELLED'];
const STOP_MS = 60_000;
const LAST_WORD_MS = 500;
let isStopped = false;

/**
 * What every agent does in a run: look who it is, take its issue, work, report, finish. docs/agents.md says the same
 * in words. `work(issue)` returns the closing comment, or null where the issue stays open.
 */
export async function goToWork(person, work) {
  process.once('SIGTERM', () => void end());
  try {
    await say(bold(`${person.name}, ${person.title}.`) + ` Woken by ${process.env.BOARDROOM_WAKE_REASON ?? 'hand'}.`);
    const ref = process.env.BOARDROOM_TASK_ID || (await firstInInbox());
    if (ref) await doIssue(person, ref, work);
    else await say('Nothing to do. Back to sleep.');
    await finish();
  } catch (error) {
    // What a run that is told to stop was at fails with it.
    await sleep(LAST_WORD_MS);
    if (isStopped) return;
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** Told to stop: a last word, and nothing after it. What is left undone is done again when somebody lets it go on. */
async function end() {
  isStopped = true;
  await say('I am told to stop here, before my issue is closed.');
  await finish();
  process.exit(143);
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
  const words = comment !== null && isAnswer() ? `${apology}\n\n${comment}` : comment;
  hasWritten(words ?? '');
  await reportUsage(person);
  if (words === null) return;
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

/**
 * No model takes part, so nothing is billed; the tokens are those of the text that was really read and written until now. Where
 * that is more than the budget has left, the run is over: Boardroom stops it, and this only waits for that.
 */
async function reportUsage({ model }) {
  const { input, output } = tokensUsed();
  const { data } = await boardroomAloud(
    'cost', 'report', '--provider', 'demo', '--model', model, '--billing-type', 'subscription-included', '--input-tokens', input, '--output-tokens', output,
  );
  if (!data.budgetStop) return;
  await say(data.budgetStop.message);
  await sleep(STOP_MS);
  throw new Error('The budget is used up, and nobody has stopped this run.');
}

/** Does the work that the title names; anything else that a person files gets an honest note. */
export function byTitle(steps, jobs, otherwise) {
  return (issue) => {
    const key = steps.find(({ title }) => title === issue.title)?.key;
    return key && jobs[key] ? jobs[key](issue) : otherwise(issue);
  };
}
