import { approvalId } from './approval.ts';
import { ask } from './ask.ts';
import { count } from './choices.ts';
import { orConflict } from './conflict.ts';
import { graphql } from './generated/gql.ts';
import type { ApprovalDecision, DecideApprovalInput } from './generated/graphql.ts';
import type { Settings } from './settings.ts';

const DecideMutation = graphql(`
  mutation DecideApproval($input: DecideApprovalInput!) {
    decideApproval(input: $input) {
      __typename
      ... on Approval { ...ApprovalFacts }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

/** What the board says; a conflict where it said otherwise before, or means another version. */
export async function decide(settings: Settings, id: string | undefined, decision: ApprovalDecision, { note, budget, revision }: { note?: string | undefined; budget?: string | undefined; revision?: string | undefined }) {
  const input: DecideApprovalInput = { approvalId: approvalId(id), decision };
  if (note) input.note = note;
  if (budget) input.budgetAmount = budget;
  if (revision) input.revision = count('--revision', revision);
  const { decideApproval } = await ask(settings, DecideMutation, { input });
  return orConflict(decideApproval, 'Approval');
}
