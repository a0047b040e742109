/** What the cache must know of the schema's types. types.test.ts holds both lists against the printed schema. */

/** Parts of a larger thing: they have no identity of their own and are kept inside their parent. */
export const parts: readonly string[] = [
  'AdapterModel', 'AgentCost', 'AgentCounts', 'CompanyEvent', 'CostSummary', 'CreateAgentKeyPayload', 'Dashboard', 'Heartbeat', 'Invocation',
  'IssueBlocked', 'IssueCounts', 'IssueHeld', 'IssueNotReady', 'NextStep', 'PriorityCounts', 'Resync', 'RunDay', 'RunEnded', 'RunError',
  'RunEvent', 'RunLogChunk', 'RunLogPage', 'RunNotRunning', 'System', 'TestAgentReport', 'TestCheck', 'TranscriptEntry', 'Usage', 'Viewer',
  'WakeRefused',
];

/** Known by another field than `id`. */
export const named: Readonly<Record<string, string>> = { AdapterInfo: 'type' };

/** Which types a fragment on a union or an interface holds for; without it the cache would guess. */
export const possibleTypes: Record<string, string[]> = {
  Actor: ['Agent', 'System', 'User'],
  CheckoutIssueResult: ['Issue', 'IssueBlocked', 'IssueHeld', 'IssueNotReady'],
  CompleteRunResult: ['Run', 'RunNotRunning'],
  Conflict: ['IssueBlocked', 'IssueHeld', 'IssueNotReady', 'RunNotRunning', 'WakeRefused'],
  EventEntity: ['Agent', 'Comment', 'Company', 'CostEvent', 'Goal', 'Issue', 'Label', 'Project', 'Resync', 'Run', 'Wakeup'],
  Node: ['Activity', 'Agent', 'AgentKey', 'Comment', 'Company', 'CostEvent', 'Goal', 'Issue', 'Label', 'Project', 'Run', 'User', 'Wakeup'],
  ReleaseIssueResult: ['Issue', 'IssueHeld'],
  RunLogItem: ['Resync', 'RunEnded', 'RunLogChunk'],
  SetBlockersResult: ['Issue', 'IssueHeld'],
  UpdateIssueResult: ['Issue', 'IssueBlocked', 'IssueHeld'],
  WakeAgentResult: ['WakeRefused', 'Wakeup'],
};
