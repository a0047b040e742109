import { boardroom, boardroomAloud } from './boardroom.mjs';
import { quote, say } from './narrate.mjs';

const strategy = `One small thing, finished: a command that draws the moon as it is tonight.

1. A plan first, which the board reads before anybody begins.
2. Each piece on a branch of its own, with tests that compare it with the sky.
3. Words last, from what the command really prints.

No network, no account, no models: what we make must be true without them.
`;

const query = `query($id: ID!) { node(id: $id) { ... on Company {
  strategyApprovedAt
  approvals(first: 100, filter: { types: [CEO_STRATEGY] }) { nodes { id status decisionNote } }
} } }`;

/** Whether the board has approved how the CEO means to lead; until then nothing is set in motion. Asks where no answer is due. */
export async function isTrusted(issue) {
  const { data } = await boardroom('api', query, '-v', `id=${process.env.BOARDROOM_COMPANY_ID}`);
  const { strategyApprovedAt, approvals } = data.data.node;
  if (strategyApprovedAt) return true;
  const [last] = approvals.nodes;
  if (last?.status === 'PENDING') await say('The board has my strategy. Until it answers I set nobody to work.');
  else if (last?.status === 'REVISION_REQUESTED') await revise(last);
  else await request(issue, last, approvals.nodes.length + 1);
  return false;
}

async function request(issue, last, number) {
  await say('Before I set anybody to work, the board should know how I mean to lead.');
  const body = withWords(last);
  await quote(body);
  await boardroomAloud('approval', 'request', 'How I will lead Lamplight', '--type', 'ceo-strategy', '--body', body, '--issues', issue.identifier, '--key', `strategy-${number}`);
  await say('I end here. The answer wakes me.');
}

async function revise(last) {
  await boardroomAloud('approval', 'resubmit', last.id, '--body', withWords(last));
}

/** A script has no better idea, but the board's words belong into it. */
function withWords(last) {
  return last?.decisionNote ? `${strategy}\n## What the board said\n\n${last.decisionNote}\n` : strategy;
}
