import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../cli/ask.ts';
import { ApiError } from '../cli/failure.ts';
import { graphql } from '../cli/generated/gql.ts';
import type { Settings } from '../cli/settings.ts';

const AskedQuery = graphql(`
  query DemoAsked($ref: String!) {
    issue(ref: $ref) {
      status
      company { strategyApprovedAt }
      approvals(first: 10, filter: { types: [CEO_STRATEGY] }) { nodes { id status } }
      interactions(first: 100, filter: { kinds: [CONFIRMATION] }) { nodes { id status createdBy { __typename } targetDocument { key } } }
    }
  }
`);
const AcceptPlanMutation = graphql(`
  mutation DemoAcceptPlan($input: AcceptInteractionInput!) {
    acceptInteraction(input: $input) { __typename ... on Conflict { message } }
  }
`);

const ApproveStrategyMutation = graphql(`
  mutation DemoApproveStrategy($input: DecideApprovalInput!) {
    decideApproval(input: $input) { __typename ... on Conflict { message } }
  }
`);

const LOOK_MS = 500;

/**
 * Says yes to the strategy and to the plan, as the board and by the API, so that whoever only watches sees how it goes on. A person has the time of
 * the pause to answer first; once one has said no, the rest is between the board and the agent.
 */
export async function answerForTheBoard(settings: Settings, ref: string, pauseMs: number): Promise<void> {
  const seen = new Map<string, number>();
  for (; ; await sleep(LOOK_MS)) {
    const issue = await look(settings, ref);
    if (issue === 'away') continue;
    if (!issue || issue.status === 'DONE' || issue.status === 'CANCELLED') return;
    const strategy = issue.approvals.nodes.find(({ status }) => status === 'PENDING');
    if (strategy && isTime(strategy.id, 'how the CEO means to lead')) await approve(settings, strategy.id);
    const plans = issue.interactions.nodes.filter(({ targetDocument, createdBy }) => targetDocument?.key === 'plan' && createdBy.__typename === 'Agent');
    const isAnswered = plans.some(({ status }) => status === 'ACCEPTED' || status === 'REJECTED');
    if (isAnswered && (issue.company.strategyApprovedAt || issue.approvals.nodes.some(({ status }) => status === 'REJECTED'))) return;
    const pending = plans.find(({ status }) => status === 'PENDING');
    // The answer to the strategy comes first: without it the plan could not be carried out.
    if (pending && isTime(pending.id, `the plan of ${ref}`) && issue.company.strategyApprovedAt) await accept(settings, pending.id);
  }

  /** Whether a person has had the time of the pause to answer. */
  function isTime(id: string, what: string): boolean {
    const since = seen.get(id) ?? performance.now();
    if (!seen.has(id)) {
      seen.set(id, since);
      if (pauseMs > 0) console.log(`Demo: the board is asked about ${what}. Answer there, or in ${pauseMs / 1_000} seconds the demo says yes.`);
    }
    return performance.now() - since >= pauseMs;
  }
}

async function approve(settings: Settings, approvalId: string): Promise<void> {
  await ask(settings, ApproveStrategyMutation, { input: { approvalId, decision: 'APPROVED', note: 'Nobody on the board has answered, so the demo did.' } }, { once: true }).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
  });
}

/** The api may be away for a moment: it is started again by itself. */
async function look(settings: Settings, ref: string) {
  try {
    return (await ask(settings, AskedQuery, { ref })).issue;
  } catch (error) {
    if (error instanceof ApiError && error.code !== 'UNREACHABLE') throw error;
    return 'away';
  }
}

/** What stands in the way, such as the worktree of the run that asked, which is still looked at, is gone at the next look. */
async function accept(settings: Settings, interactionId: string): Promise<void> {
  const note = 'Nobody on the board has answered, so the demo did.';
  await ask(settings, AcceptPlanMutation, { input: { interactionId, note } }, { once: true }).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
  });
}
