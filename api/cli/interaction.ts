import { ask } from './ask.ts';
import { ApiError, UsageError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { InteractionFactsFragment, InteractionRowFragment } from './generated/graphql.ts';
import { bold, columns, dim, facts, indent, plain } from './print.ts';
import type { Settings } from './settings.ts';

/** What a list says of one. */
export const InteractionRow = graphql(`
  fragment InteractionRow on Interaction {
    __typename
    id
    kind
    status
    title
    createdAt
    issue { identifier }
    createdBy { __typename ... on User { name } ... on Agent { name } ... on System { name } }
  }
`);
export const InteractionFacts = graphql(`
  fragment InteractionFacts on Interaction {
    ...InteractionRow
    summary
    targetDocument { key }
    targetRevision { id number }
    tasks { key parentKey title assignee { name } issue { identifier status } }
    questions { key prompt multiple allowText optional options { key label } }
    options { key label description }
    items { key label description }
    minSelected
    maxSelected
    requireReason
    selectedOptionKeys
    answers { questionKey optionKeys text }
    verdicts { itemKey verdict note }
    note
    endReason
    resolvedAt
    resolvedBy { __typename ... on User { name } ... on Agent { name } ... on System { name } }
  }
`);
const InteractionQuery = graphql(`
  query InteractionById($id: ID!) {
    node(id: $id) { ... on Interaction { ...InteractionFacts } }
  }
`);

export async function interactionById(settings: Settings, id: string | undefined): Promise<InteractionFactsFragment> {
  if (!id) throw new UsageError('say which by its id; boardroom ask list shows them');
  const { node } = await ask(settings, InteractionQuery, { id });
  if (!node || !('kind' in node)) throw new ApiError('NOT_FOUND', `nothing of this id was asked: ${id}`);
  return node as InteractionFactsFragment;
}

/** One a line. */
export function interactionTable(interactions: InteractionRowFragment[]): string {
  if (interactions.length === 0) return dim('nothing is asked');
  return columns(interactions.map(({ id, issue, kind, status, title }) => [bold(id), issue.identifier, kind, status, plain(title)]));
}

/** What is asked, and what was answered. */
export function interactionText(one: InteractionFactsFragment): string {
  const { targetDocument, targetRevision, resolvedBy } = one;
  const parts = [
    `${bold(plain(one.title))}  ${dim(one.id)}`,
    facts([
      ['issue', one.issue.identifier],
      ['kind', one.kind],
      ['status', one.endReason ? `${one.status}, ${one.endReason}` : one.status],
      ['about', targetDocument && targetRevision && `${targetDocument.key}, revision ${targetRevision.number}`],
      ['asked by', `${plain(one.createdBy.name)}, ${one.createdAt}`],
      ['ended by', resolvedBy && `${plain(resolvedBy.name)}, ${one.resolvedAt}`],
      ['note', one.note && plain(one.note)],
    ]),
  ];
  if (one.summary) parts.push(indent(plain(one.summary)));
  const lines = [...taskLines(one), ...questionLines(one), ...choiceLines(one)];
  if (lines.length > 0) parts.push(columns(lines));
  return parts.join('\n\n');
}

function taskLines({ tasks }: InteractionFactsFragment): string[][] {
  return tasks.map((task) => [task.key, task.issue ? `${task.issue.identifier} ${task.issue.status}` : '-', plain(task.title), dim(task.parentKey ? `below ${task.parentKey}` : '')]);
}

function questionLines({ questions, answers }: InteractionFactsFragment): string[][] {
  return questions.flatMap((question) => {
    const answer = answers.find(({ questionKey }) => questionKey === question.key);
    const options = question.options.map(({ key, label }) => ['', answer?.optionKeys.includes(key) ? `[x] ${key}` : `[ ] ${key}`, plain(label)]);
    return [[question.key, plain(question.prompt)], ...options, ...(answer?.text ? [['', 'said', plain(answer.text)]] : [])];
  });
}

function choiceLines({ options, items, selectedOptionKeys, verdicts }: InteractionFactsFragment): string[][] {
  const ticked = options.map(({ key, label }) => [selectedOptionKeys.includes(key) ? `[x] ${key}` : `[ ] ${key}`, plain(label)]);
  const judged = items.map(({ key, label }) => {
    const verdict = verdicts.find(({ itemKey }) => itemKey === key);
    return [key, verdict?.verdict ?? '-', plain(label), dim(plain(verdict?.note ?? ''))];
  });
  return [...ticked, ...judged];
}

/** `KEY=LABEL`, or a label alone, whose key is its number. */
export function parseChoices(given: string[]): { key: string; label: string }[] {
  return given.map((text, at) => {
    const match = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})=(.+)$/s.exec(text);
    return match?.[1] && match[2] ? { key: match[1], label: match[2] } : { key: String(at + 1), label: text };
  });
}
