import { ask } from '../cli/ask.ts';
import { graphql } from '../cli/generated/gql.ts';
import type { Settings } from '../cli/settings.ts';

const StalledQuery = graphql(`
  query DemoStalled($company: String!) {
    company(ref: $company) {
      issues(first: 100, filter: { statuses: [TODO, IN_PROGRESS] }) {
        nodes { id assignee { id } nextStep { stalled } }
      }
    }
  }
`);
const CarryOnMutation = graphql(`
  mutation DemoCarryOn($input: WakeAgentInput!) {
    wakeAgent(input: $input) { __typename }
  }
`);

/** Wakes whoever was interrupted when Boardroom was last stopped. Who cannot be woken stays as they are. */
export async function carryOn(settings: Settings, companyId: string): Promise<void> {
  const { company } = await ask(settings, StalledQuery, { company: companyId });
  for (const { id, assignee, nextStep } of company?.issues.nodes ?? []) {
    if (!nextStep.stalled || !assignee) continue;
    await ask(settings, CarryOnMutation, { input: { agentId: assignee.id, issueId: id, reason: 'Boardroom was started again' } }, { once: true });
  }
}
