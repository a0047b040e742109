import { ask } from '../cli/ask.ts';
import { graphql } from '../cli/generated/gql.ts';
import type { Settings } from '../cli/settings.ts';

const StalledQuery = graphql(`
  query DemoStalled($company: String!) {
    company(ref: $company) {
      issues(first: 100, filter: { statuses: [TODO, IN_PROGRESS] }) {
        nodes { id assignee { id } nextStep { stalled } recovery { id } runs(first: 1) { nodes { status } } }
      }
    }
  }
`);
const CarryOnMutation = graphql(`
  mutation DemoCarryOn($input: WakeAgentInput!) {
    wakeAgent(input: $input) { __typename }
  }
`);

/**
 * Wakes whoever was interrupted when Boardroom was last stopped, also where it was stopped so often that the board is asked to
 * look. Who cannot be woken stays as they are.
 */
export async function carryOn(settings: Settings, companyId: string): Promise<void> {
  const { company } = await ask(settings, StalledQuery, { company: companyId });
  for (const { id, assignee, nextStep, recovery, runs } of company?.issues.nodes ?? []) {
    const isGivenUp = recovery !== null && runs.nodes[0]?.status === 'INTERRUPTED';
    if (!assignee || !(nextStep.stalled || isGivenUp)) continue;
    await ask(settings, CarryOnMutation, { input: { agentId: assignee.id, issueId: id, reason: 'Boardroom was started again' } }, { once: true });
  }
}
