import type { BudgetLineFragment, BudgetStopLineFragment } from '../../graphql/generated/graphql.ts';
import type { Stopped } from './RaiseDialog.tsx';

/** What is to be decided about a budget that stops something; undefined where nothing is. */
export function stoppedBy(budget: BudgetLineFragment): Stopped | undefined {
  const id = budget.stop?.incident?.id;
  return id === undefined ? undefined : { ...budget, incidentId: id };
}

export function stoppedAt(stop: BudgetStopLineFragment): Stopped | undefined {
  return stop.incident && stop.budget ? { ...stop.budget, incidentId: stop.incident.id } : undefined;
}
