import { boardroom, boardroomAloud } from './boardroom.mjs';
import { quote, say } from './narrate.mjs';

const strategy = `One small thing, finished: a command that draws the moon as it is tonight.

1. A plan first, which the board reads before anybody begins.
2. Each piece on a branch of its own, with tests that compare it with the sky.
3. Words last, from what the command really prints.

No network, no account, no models: what we make must be true without them.
`;

/** Whether the board has approved how the CEO means to lead; until then it drafts. Asks where nobody has asked yet. */
export async function isTrusted(issue) {
  const { data: asked } = await boardroom('approval', 'list', '--type', 'ceo-strategy', '--all');
  if (asked.some(({ status }) => status === 'APPROVED')) return true;
  const sentBack = asked.find(({ status }) => status === 'REVISION_REQUESTED');
  if (sentBack) await revise(sentBack.id);
  else if (asked.length === 0) await request(issue);
  return false;
}

async function request(issue) {
  await say('Before I set anybody to work, the board should know how I mean to lead.');
  await quote(strategy);
  await boardroomAloud('approval', 'request', 'How I will lead Lamplight', '--type', 'ceo-strategy', '--body', strategy, '--issues', issue.identifier, '--key', 'strategy');
}

/** A script has no better idea, but the board's words belong into it. */
async function revise(id) {
  const { data } = await boardroom('approval', 'show', id);
  await boardroomAloud('approval', 'resubmit', id, '--body', `${strategy}\n## What the board said\n\n${data.decisionNote}\n`);
}
