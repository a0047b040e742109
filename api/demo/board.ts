import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../cli/ask.ts';
import { ApiError } from '../cli/failure.ts';
import { graphql } from '../cli/generated/gql.ts';
import type { DecideApprovalInput, DemoAskedQuery } from '../cli/generated/graphql.ts';
import type { Settings } from '../cli/settings.ts';
import { budget, raisedAmount } from './company.ts';

const AskedQuery = graphql(`
  query DemoAsked($ref: String!) {
    issue(ref: $ref) {
      status
      company {
        approvals(first: 100, filter: { types: [CEO_STRATEGY, BUDGET_OVERRIDE] }) {
          nodes { id type status agent { id } incident { limit budget { metric } } }
        }
      }
      interactions(first: 100, filter: { kinds: [CONFIRMATION] }) { nodes { id status createdBy { __typename } targetDocument { key } } }
    }
  }
`);
const AcceptPlanMutation = graphql(`
  mutation DemoAcceptPlan($input: AcceptInteractionInput!) {
    acceptInteraction(input: $input) { __typename ... on Conflict { message } }
  }
`);
const DecideMutation = graphql(`
  mutation DemoDecide($input: DecideApprovalInput!) {
    decideApproval(input: $input) { __typename ... on Conflict { message } }
  }
`);

type Asked = NonNullable<DemoAskedQuery['issue']>;
const note = 'Nobody on the board has answered, so the demo did.';
const LOOK_MS = 500;

/** The issue that the demo is about, the agent whose budget it set, and how long a person has to answer first. */
export interface Watched { ref: string; limitedId: string; pauseMs: number }

/**
 * Answers what the demo's agents ask the board, by the API as the board itself would, so that whoever only watches sees how it goes
 * on: the strategy, the plan, and the budget that is used up. Where a person has said no, the rest is between them and the agents.
 */
export async function answerForTheBoard(settings: Settings, { ref, limitedId, pauseMs }: Watched): Promise<void> {
  const seen = new Map<string, number>();
  for (; ; await sleep(pauseMs > 0 ? LOOK_MS : LOOK_MS / 5)) {
    const issue = await look(settings, ref);
    if (issue === 'away') continue;
    if (!issue || issue.status === 'DONE' || issue.status === 'CANCELLED') return;
    const strategy = due(strategiesOf(issue));
    if (strategy && isTime(strategy.id, 'how the CEO means to lead')) await decide(settings, { approvalId: strategy.id });
    const plan = due(plansOf(issue));
    if (plan && isTime(plan.id, `the plan of ${ref}`)) await accept(settings, plan.id);
    const override = due(overridesOf(issue, limitedId));
    if (override && isTime(override.id, 'the budget that is used up')) await decide(settings, { approvalId: override.id, budgetAmount: raisedAmount });
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

function strategiesOf({ company }: Asked) {
  return company.approvals.nodes.filter(({ type }) => type === 'CEO_STRATEGY');
}

function plansOf({ interactions }: Asked) {
  return interactions.nodes.filter(({ targetDocument, createdBy }) => targetDocument?.key === 'plan' && createdBy.__typename === 'Agent');
}

/** Only of the budget as the demo has set it: what a person makes of it is theirs to decide about. */
function overridesOf({ company }: Asked, agentId: string) {
  return company.approvals.nodes.filter(({ agent, incident }) => agent?.id === agentId && incident?.budget.metric === budget.metric && incident.limit === budget.amount);
}

/** What waits for an answer, unless a person has said no to one like it. */
function due<T extends { status: string }>(asked: T[]): T | undefined {
  return asked.some(({ status }) => status === 'REJECTED') ? undefined : asked.find(({ status }) => status === 'PENDING');
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

async function decide(settings: Settings, input: Omit<DecideApprovalInput, 'decision'>): Promise<void> {
  await unlessRefused(ask(settings, DecideMutation, { input: { ...input, decision: 'APPROVED', note } }, { once: true }));
}

async function accept(settings: Settings, interactionId: string): Promise<void> {
  await unlessRefused(ask(settings, AcceptPlanMutation, { input: { interactionId, note } }, { once: true }));
}

/** What stands in the way, such as the worktree of the run that asked, which is still looked at, is gone at the next look. */
async function unlessRefused(answer: Promise<unknown>): Promise<void> {
  await answer.catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
  });
}
