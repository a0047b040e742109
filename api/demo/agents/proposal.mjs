import { boardroom, boardroomAloud } from './boardroom.mjs';
import { quote, say } from './narrate.mjs';
import { steps } from './plan.mjs';

/** The plan of an issue as it stands: the document, and what the board was asked about it, oldest first. */
export async function planOf(issue) {
  const { data } = await boardroom('plan', 'show', issue.identifier);
  const asked = data.interactions.nodes.filter(({ targetDocument }) => targetDocument?.key === 'plan');
  return { document: data.document, asked, isAccepted: asked.some(({ status }) => status === 'ACCEPTED') };
}

/** Writes the plan where there is none yet, and asks the board about it as it is now. One question at a time. */
export async function propose(issue, { document, asked }) {
  if (asked.some(({ status }) => status === 'PENDING')) {
    await say('The board has my plan. Until it answers there is nothing for me to do.');
    return null;
  }
  await write(issue, document, asked.at(-1));
  await say('That is for the board to decide.');
  const { data, conflict } = await boardroomAloud(
    'ask', 'confirm', issue.identifier, 'Shall we do it like this?', '--document', 'plan', '--summary', summary, '--key', `plan-${asked.length + 1}`,
  );
  if (!conflict) await quote(`${data.status}, about revision ${data.targetRevision.number} of the plan`);
  await say('I end here. The answer wakes me.');
  return null;
}

const summary = `Accept it, and it becomes ${steps.length} issues. This is the demo: if nobody answers, it says yes by itself after a while.`;

async function write(issue, document, last) {
  if (!document) {
    await say(`${steps.length} pieces of work. Some can start at once, some wait for others.`);
    const { data: team } = await boardroomAloud('agent', 'list');
    await quote(team.map(({ name, title }) => `${name}, ${title}`).join('\n'));
    const text = textOf(issue);
    await quote(text, 55);
    await boardroomAloud('doc', 'put', issue.identifier, 'plan', text, '--title', `Plan: ${issue.title}`);
    return;
  }
  // A run that was cut short may have written it down already.
  if (last?.status !== 'REJECTED' || last.targetRevision.number !== document.number) return;
  await say('The board said no. I am a script and have no better plan, but its words belong into it.');
  const text = `${document.body.trimEnd()}\n\n## What the board said\n\n${last.note ?? 'No.'}\n`;
  await boardroomAloud('doc', 'put', issue.identifier, 'plan', text, '--base', String(document.number), '--summary', 'What the board said');
}

function textOf(issue) {
  const lines = steps.map(({ title, assignee, description, after }, at) => {
    const waits = after.map((key) => steps.findIndex((step) => step.key === key) + 1).join(' and ');
    return `${at + 1}. **${title}** (${assignee}${waits ? `, after ${waits}` : ''}). ${description.split('\n')[0]}`;
  });
  return `# ${issue.title}

One command draws the moon as it is tonight, and one page shows thirty nights. No network, no account.

## Steps

${lines.join('\n')}

Each step is done on a branch of its own, and what comes after it starts when that is safely in the repository.
`;
}
