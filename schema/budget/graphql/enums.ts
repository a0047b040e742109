import { described } from '../../shared/enums.ts';

export const BudgetScopeEnum = described('BudgetScope', 'What part of a company a budget is for.', {
  COMPANY: 'All of it.', AGENT: 'One agent, whatever it works on.', PROJECT: 'One project, whoever works on it.', GOAL: 'A goal and all goals below it.', ISSUE_SUBTREE: 'An issue and all issues below it.',
});
export const BudgetMetricEnum = described('BudgetMetric', 'What a budget counts.', {
  BILLED_COST: 'What is billed, in millionths of a US dollar. Use within a subscription bills nothing.', IMPUTED_COST: 'What the tokens cost at list prices, in millionths of a US dollar: also for subscriptions.',
  TOKENS: 'Tokens: read, read from a cache, and written.', RUNS: 'Runs that were started.',
});
export const BudgetWindowEnum = described('BudgetWindow', 'Over what time a budget counts.', {
  MONTH: 'A month of the calendar, in UTC.', ROLLING: 'The last so many hours, at any time.', LIFETIME: 'From the beginning.',
});
export const BudgetThresholdEnum = described('BudgetThreshold', 'What a budget has reached.', { SOFT: 'The warning.', HARD: 'The amount: its scope is stopped.' });
export const BudgetIncidentStatusEnum = described('BudgetIncidentStatus', 'Where an incident stands. A HARD one stops its scope while it is OPEN or KEPT_PAUSED.', {
  OPEN: 'In force; nobody has decided.', KEPT_PAUSED: 'The board decided that it stays stopped.', RESOLVED: 'Over; see resolution.',
});
export const BudgetResolutionEnum = described('BudgetResolution', 'What ended an incident.', {
  RAISED: 'The budget was raised.', WINDOW_ENDED: 'Its time has passed: a new month, or what was used has left the rolling window.', CHANGED: 'The budget was changed so that it stops nothing.',
  REMOVED: 'The budget was removed.',
});
export const BudgetDecisionEnum = described('BudgetDecision', 'What the board decides about a stop.', {
  RAISE_AND_RESUME: 'A larger amount: work goes on.', KEEP_PAUSED: 'It stays stopped until its window has passed or the budget is changed.',
});
