import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { PlannedChildInput } from '../generated/graphql.ts';
import { issueTable } from '../issue-row.ts';
import { readJson } from '../json-input.ts';
import { agentId, issueRef, looksLikeIssue } from '../refs.ts';
import type { Settings } from '../settings.ts';

const AcceptedPlanQuery = graphql(`
  query AcceptedPlan($ref: String!) {
    issue(ref: $ref) {
      id
      interactions(first: 100, filter: { kinds: [CONFIRMATION], statuses: [ACCEPTED] }) { nodes { targetDocument { key } targetRevision { id number } } }
    }
  }
`);
const DecomposePlanMutation = graphql(`
  mutation DecomposePlan($input: DecomposePlanInput!) {
    decomposePlan(input: $input) {
      __typename
      ... on PlanDecomposition { id status revision { number } children { ...IssueRow } }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

export const command = defineCommand({
  usage: 'plan decompose [ISSUE] CHILDREN',
  about:
    'Makes the children of the plan that the board has accepted, each once, however often you ask: [{"key":"api","title":"…","description":"…","assignee":"Ines","afterKeys":[]}]. ' +
    'CHILDREN may be - for standard input, or come from --file. A child waits for those named in its afterKeys; the issue waits for all of them.',
  args: 2,
  flags: {
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the children from a file, or -' },
    revision: { type: 'string', value: 'N', about: 'an accepted revision other than the newest one' },
  },
  async run({ settings, flags, args, show }) {
    const named = args.length === 2 || (args[0] !== undefined && looksLikeIssue(args[0]));
    const given = await readJson(named ? args[1] : args[0], flags.file, 'the children');
    if (!Array.isArray(given)) throw new UsageError('the children must be a JSON array');
    const ref = issueRef(settings, named ? args[0] : undefined);
    const { issue } = await ask(settings, AcceptedPlanQuery, { ref });
    if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
    const accepted = issue.interactions.nodes.flatMap(({ targetDocument, targetRevision }) => (targetDocument?.key === 'plan' && targetRevision ? [targetRevision] : []));
    const revision = flags.revision ? accepted.find(({ number }) => String(number) === flags.revision) : accepted.toSorted((a, b) => b.number - a.number)[0];
    if (!revision) throw new ApiError('RULE_VIOLATION', `the board has not accepted ${flags.revision ? `revision ${flags.revision} of the plan` : 'a plan'} of ${ref}: boardroom ask confirm --document plan`);
    const children = await Promise.all(given.map((child) => planned(settings, child)));
    const { decomposePlan } = await ask(settings, DecomposePlanMutation, { input: { issueId: issue.id, revisionId: revision.id, children } });
    const made = orConflict(decomposePlan, 'PlanDecomposition');
    show(made, () => issueTable(made.children));
  },
});

/** A child with its agent by name, as people write it. */
async function planned(settings: Settings, child: unknown): Promise<PlannedChildInput> {
  if (typeof child !== 'object' || child === null) throw new UsageError('each child is a JSON object with key and title');
  const { assignee, ...fields } = child as PlannedChildInput & { assignee?: string };
  return assignee ? { ...fields, assigneeId: await agentId(settings, assignee) } : fields;
}
