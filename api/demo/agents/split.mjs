import { boardroom, boardroomAloud } from './boardroom.mjs';
import { write } from './desk.mjs';
import { quote, say } from './narrate.mjs';
import { steps } from './plan.mjs';
import { commit } from './repository.mjs';

/** Whether the thread tells already what the plan came to. */
export async function isTold(person, issue) {
  const { data } = await boardroom('issue', 'show', issue.identifier, '--comments', '100');
  return data.comments.nodes.some(({ author, body }) => author.name === person.name && body.startsWith(headingOf(issue)));
}

/** Makes issues of the accepted plan, and says which. Boardroom sees to it that each is made once, however often this is cut short. */
export async function split(person, issue) {
  await say('The board said yes.');
  const children = steps.map(({ key, title, description, assignee, priority, after }) => ({ key, title, description, assignee, priority, afterKeys: after }));
  const { data, conflict } = await boardroomAloud('plan', 'decompose', issue.identifier, JSON.stringify(children));
  if (conflict) return;
  await quote(data.children.map(({ identifier, title, assignee }) => `${identifier} ${title} -> ${assignee?.name ?? 'nobody'}`).join('\n'));
  await label(data.children);
  const text = summaryOf(issue, data.children);
  await write('PLAN.md', text);
  await commit(person, `${issue.identifier}: the plan`, ['PLAN.md']);
  await boardroomAloud('issue', 'comment', issue.identifier, text, '--key', `split-${data.id}`);
  await say('They know what to do. I come back when all of it is done.');
}

/** What the command has no words for, the API has. */
async function label(children) {
  const found = await boardroom('api', 'query($id: ID!) { node(id: $id) { ... on Company { labels(first: 100) { nodes { id name } } } } }', '-v', `id=${process.env.BOARDROOM_COMPANY_ID}`);
  const ids = new Map(found.data.data.node.labels.nodes.map(({ id, name }) => [name, id]));
  const inputs = children.flatMap(({ id }, at) => (ids.has(steps[at].label) ? [{ issueId: id, labelIds: [ids.get(steps[at].label)] }] : []));
  if (inputs.length === 0) return;
  const declared = inputs.map((_, at) => `$c${at}: UpdateIssueInput!`).join(', ');
  const changes = inputs.map((_, at) => `c${at}: updateIssue(input: $c${at}) { __typename }`).join(' ');
  await boardroom('api', `mutation(${declared}) { ${changes} }`, ...inputs.flatMap((input, at) => ['-v', `c${at}=${JSON.stringify(input)}`]));
}

function summaryOf(issue, children) {
  const named = new Map(children.map(({ identifier }, at) => [steps[at].key, identifier]));
  const lines = steps.map(({ key, title, assignee, after }) => {
    const waits = after.map((each) => named.get(each)).join(' and ');
    return `- ${named.get(key)} ${title} (${assignee}${waits ? `, after ${waits}` : ''})`;
  });
  return `${headingOf(issue)}\n\n${lines.join('\n')}\n`;
}

function headingOf(issue) {
  return `## ${issue.title}`;
}
