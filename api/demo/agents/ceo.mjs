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
  usage: { model: 'scripted-ceo', usd: '0.0095', inputTokens: '5210', outputTokens: '640' },
};
const closed = ['DONE', 'CANCELLED'];

/** Decided from the state of the issue and not from the wake, so that a run that was cut short is simply done again. */
async function lead(issue) {
  if (issue.parent || !issue.title.startsWith('Release moon')) return takeNote(marlow)(issue);
  if (!(await isTold(marlow, issue))) {
    const isLeading = await isTrusted(issue);
    const plan = await planOf(issue);
    if (!plan.isAccepted) return propose(issue, plan);
    if (!isLeading) return draft();
    await split(marlow, issue);
    return null;
  }
  const open = issue.children.nodes.filter(({ status }) => !closed.includes(status));
  return open.length > 0 ? wait(issue, open) : close(issue);
}

/** The plan is accepted, the strategy is not: the answer to that wakes it. */
async function draft() {
  await say('The plan is good, and the board still thinks about how I mean to lead. Until then I draft.');
  return null;
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
  return `moon 1.0.0 is out.\n\n${pieces}\n\n${commits}spent so far: $${(Number(data.cost.costMicros) / 1e6).toFixed(4)}. Try it: \`node bin/moon.mjs\`. Thank you, Ines and Tove.`;
}

await goToWork(marlow, lead);
