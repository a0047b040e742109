import { boardroom, boardroomAloud } from './boardroom.mjs';
import { write } from './desk.mjs';
import { green, quote, say } from './narrate.mjs';
import { takeNote } from './note.mjs';
import { plan } from './plan.mjs';
import { commit, git, hasGit } from './repository.mjs';
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
  if (issue.parent) return takeNote(marlow)(issue);
  const children = issue.children.nodes;
  if (plan.some(({ title }) => !children.some((child) => child.title === title))) return split(issue);
  const open = children.filter(({ status }) => !closed.includes(status));
  return open.length > 0 ? wait(issue, open) : close(issue);
}

async function split(issue) {
  await say('Six pieces of work. Some can start at once, some wait for others.');
  const { data: team } = await boardroomAloud('agent', 'list');
  await quote(team.map(({ name, title }) => `${name}, ${title}`).join('\n'));
  const made = new Map(issue.children.nodes.map((child) => [child.title, child.identifier]));
  for (const piece of plan) {
    if (!made.has(piece.title)) made.set(piece.title, await file(issue, piece, made));
  }
  const text = planText(issue, made);
  await write('PLAN.md', text);
  await commit(marlow, `${issue.identifier}: the plan`, ['PLAN.md']);
  await boardroomAloud('issue', 'comment', issue.identifier, text);
  await say('They know what to do. I come back when all of it is done.');
  return null;
}

/** The key makes it the same issue when a run that was cut short is done again. */
async function file(issue, piece, made) {
  const { data } = await boardroomAloud(
    'issue', 'create', piece.title, '--assignee', piece.assignee, '--priority', piece.priority,
    '--label', piece.label, '--parent', issue.identifier, '--description', piece.description, '--key', `${issue.id}-${piece.key}`,
    ...blockers(piece, made),
  );
  await quote(`${data.identifier} ${data.title} -> ${piece.assignee}`);
  return data.identifier;
}

function blockers(piece, made) {
  if (piece.blockedBy.length === 0) return [];
  return ['--blocked-by', piece.blockedBy.map((key) => made.get(titleOf(key))).join(',')];
}

function titleOf(key) {
  return plan.find((piece) => piece.key === key).title;
}

function planText(issue, made) {
  const lines = plan.map((piece) => {
    const after = piece.blockedBy.map((key) => made.get(titleOf(key))).join(' and ');
    return `- ${made.get(piece.title)} ${piece.title} (${piece.assignee}${after ? `, after ${after}` : ''})`;
  });
  return `## ${issue.title}\n\n${lines.join('\n')}\n`;
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
