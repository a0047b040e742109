import { ask } from './ask.ts';
import { UsageError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { BudgetDecision, BudgetRowFragment } from './generated/graphql.ts';
import type { Settings } from './settings.ts';

const ResolveBudgetIncidentMutation = graphql(`
  mutation ResolveBudgetIncident($input: ResolveBudgetIncidentInput!) {
    resolveBudgetIncident(input: $input) { id status resolution budget { id amount } }
  }
`);

/** Decides about the stop that a budget makes now. */
export async function decideStop(settings: Settings, budget: BudgetRowFragment, decision: { resolution: BudgetDecision; amount?: string }) {
  const incident = budget.stop?.incident;
  if (!incident) throw new UsageError('this budget stops nothing; change it with boardroom budget set');
  const { resolveBudgetIncident } = await ask(settings, ResolveBudgetIncidentMutation, { input: { incidentId: incident.id, ...decision } });
  return resolveBudgetIncident;
}
