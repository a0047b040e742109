import { boardroom, boardroomAloud } from './boardroom.mjs';
import { green, quote, say } from './narrate.mjs';
import { takeNote } from './note.mjs';
import { planOf, propose } from './proposal.mjs';
import { git, hasGit } from './repository.mjs';
import { isTold, split } from './split.mjs';
import { isTrusted } from './strategy.mjs';
import { goToWork, isAnswer } from './work.mjs';

const marlow = {
  name: 'Marlow',
  title: 'CEO',
  email: 'marlow@lamplight.example',
  model: 'scripted-ceo',
};
const closed = ['DONE', 'CANCELLED'];

/** Decided from the state of the issue and not from the wake, so that a run that was cut short is simply done again. */
async function lead(issue) {
  if (issue.parent || !issue.title.startsWith('Release moon')) return takeNote(marlow)(issue);
  if (!(await isTold(marlow, issue))) {
    // One question to the board at a time: how it leads, then what it means to do.
    if (!(await isTrusted(issue))) return null;
    const plan = await planOf(issue);
    if (!plan.isAccepted) return propose(issue, plan);
    await split(marlow, issue);
    return null;
  }
  const open = issue.children.nodes.filter(({ status }) => !closed.includes(status));
  return open.length > 0 ? wait(issue, open) : close(issue);
}

/** Somebody who asks gets an answer; nobody else is disturbed. */
async function wait(issue, open) {
  const list = open.map(({ identifier, status, title }) => `- ${identifier} ${status} ${title}`).join('\n');
  await say(`${open.length} still open.`);
  if (!isAnswer()) return null;
  await boardroomAloud('issue', 'comment', issue.identifier, `Still in the works:\n\n${list}`);
  return null;
}

async function close(issue) {
  await say('All of it is done. Let me see what we have.');
  const { data } = await boardroom('issue', 'show', issue.identifier);
  const history = (await hasGit()) ? await git(marlow, 'log', '--format=%h %an  %s') : '';
  if (history) await quote(history);
  await say(green('That is a release.'));
  const pieces = data.children.nodes.map(({ identifier, title }) => `- ${identifier} ${title}`).join('\n');
  const commits = history ? `${history.trim().split('\n').length} commits, ` : '';
  return `moon 1.0.0 is out.\n\n${pieces}\n\n${commits}$${dollars(data.cost.costMicros)} billed, worth $${dollars(data.cost.imputedMicros)} at the price that the demo made up. Try it: \`node bin/moon.mjs\`. Thank you, Ines and Tove.`;
}

function dollars(micros) {
  return (Number(micros) / 1e6).toFixed(2);
}

await goToWork(marlow, lead);
