/** What the cache must know of the schema's types. types.test.ts holds both lists against the printed schema. */

/** Parts of a larger thing: they have no identity of their own and are kept inside their parent. */
export const parts: readonly string[] = [
  'ActivitySeal', 'AdapterModel', 'AgentCost', 'AgentCounts', 'AlreadyHeld', 'AnnotationPlace', 'AnnotationSnapshot', 'AnnotationSummary',
  'ApprovalChanged', 'ApprovalDecided', 'AssignScope', 'BlockerAttention', 'BreakerLimits', 'BreakerSettings', 'BudgetExceeded', 'BudgetStop', 'BudgetWarning', 'CheckedSum',
  'CompanyEvent', 'CostCheck', 'CostDiscrepancy', 'CostGroup', 'CostReport', 'CostSummary', 'CreateAgentKeyPayload',
  'CreateNotificationTargetPayload', 'Dashboard', 'DecompositionDiffers', 'DecompositionInFlight', 'DocumentDerived', 'DocumentDiff',
  'DocumentDiffHunk', 'DocumentLocked', 'DocumentOutdated', 'FileChange', 'FileEntry', 'FileText', 'FolderContent', 'GateShut',
  'Heartbeat', 'HireBudget', 'HoldPreview', 'Idling', 'InboxEvent', 'InboxItem', 'InboxState', 'InteractionAnswer', 'InteractionChoice',
  'InteractionOver', 'InteractionQuestion', 'InteractionStale', 'Invocation', 'IssueBlocked', 'IssueCounts', 'IssueHeld', 'IssueMonitor',
  'IssueNotReady', 'IssuePolicy', 'IssueReference', 'ItemVerdict', 'ListPrice', 'Liveness', 'NextStep', 'OwnBreakerLimits',
  'PolicyDecision', 'PriorityCounts', 'ProjectWorkspace', 'RecoveryClosed', 'Resync', 'RotateNotificationKeyPayload', 'RunDay',
  'RunEnded', 'RunError', 'RunEvent', 'RunLogChunk', 'RunLogPage', 'RunNotRunning', 'SearchHit', 'SettingChange', 'SnippetPart',
  'SubtreeHeld', 'System', 'TaskDraft', 'TestAgentReport', 'TestCheck', 'TranscriptEntry', 'Usage', 'Viewer', 'WakeExplanation',
  'WakeGate', 'WakeRefused', 'WorkspaceCommit', 'WorkspaceDiff',
];

/** Known by another field than `id`. */
export const named: Readonly<Record<string, string>> = { AdapterInfo: 'type' };

/** Which types a fragment on a union or an interface holds for; without it the cache would guess. */
export const possibleTypes: Record<string, string[]> = {
  AcceptInteractionResult: ['GateShut', 'Interaction', 'InteractionOver', 'InteractionStale'],
  Actor: ['Agent', 'System', 'User'],
  AnswerInteractionResult: ['Interaction', 'InteractionOver'],
  BudgetSubject: ['Agent', 'Company', 'Goal', 'Issue', 'Project'],
  CancelInteractionResult: ['Interaction', 'InteractionOver'],
  CheckoutIssueResult: ['BudgetExceeded', 'Issue', 'IssueBlocked', 'IssueHeld', 'IssueNotReady', 'SubtreeHeld'],
  CompleteRunResult: ['Run', 'RunNotRunning'],
  Conflict: [
    'AlreadyHeld', 'ApprovalChanged', 'ApprovalDecided', 'BudgetExceeded', 'DecompositionDiffers', 'DecompositionInFlight', 'DocumentLocked',
    'DocumentOutdated', 'GateShut', 'InteractionOver', 'InteractionStale', 'IssueBlocked', 'IssueHeld', 'IssueNotReady', 'RecoveryClosed',
    'RunNotRunning', 'SubtreeHeld', 'WakeRefused',
  ],
  CreateAnnotationResult: ['AnnotationThread', 'DocumentOutdated'],
  CreateInteractionResult: ['Interaction', 'IssueHeld'],
  CreateWorkProductResult: ['IssueHeld', 'WorkProduct'],
  DecideApprovalResult: ['Approval', 'ApprovalChanged', 'ApprovalDecided'],
  DecomposePlanResult: ['DecompositionDiffers', 'DecompositionInFlight', 'IssueHeld', 'PlanDecomposition'],
  DeleteAttachmentResult: ['Attachment', 'IssueHeld'],
  DeleteDocumentResult: ['DocumentLocked', 'Issue'],
  EventEntity: [
    'Agent', 'AgentGrant', 'AgentRevision', 'AnnotationComment', 'AnnotationThread', 'Approval', 'ApprovalComment', 'Attachment',
    'BreakerTrip', 'Budget', 'BudgetIncident', 'Comment', 'Company', 'CostEvent', 'Document', 'DocumentRevision', 'Goal', 'Interaction',
    'Issue', 'Label', 'ModelPrice', 'NotificationDelivery', 'NotificationTarget', 'PlanDecomposition', 'Project', 'RecoveryAction',
    'Resync', 'Run', 'SubtreeHold', 'Wakeup', 'WatchdogDecision', 'WorkProduct', 'Workspace', 'WorkspaceOperation',
  ],
  HoldSubtreeResult: ['AlreadyHeld', 'SubtreeHold'],
  Node: [
    'Activity', 'Agent', 'AgentGrant', 'AgentKey', 'AgentRevision', 'AnnotationComment', 'AnnotationThread', 'Approval',
    'ApprovalComment', 'ApprovalVersion', 'Attachment', 'BreakerTrip', 'Budget', 'BudgetIncident', 'Comment', 'Company', 'CostEvent', 'Document',
    'DocumentRevision', 'Goal', 'Interaction', 'Issue', 'Label', 'ModelPrice', 'NotificationDelivery', 'NotificationTarget',
    'PlanDecomposition', 'Project', 'RecoveryAction', 'Run', 'SubtreeHold', 'User', 'Wakeup', 'WatchdogDecision', 'WorkProduct',
    'Workspace', 'WorkspaceOperation',
  ],
  PutDocumentResult: ['Document', 'DocumentDerived', 'DocumentLocked', 'DocumentOutdated', 'IssueHeld'],
  RejectInteractionResult: ['Interaction', 'InteractionOver'],
  ReleaseIssueResult: ['Issue', 'IssueHeld'],
  RequestApprovalRevisionResult: ['Approval', 'ApprovalDecided'],
  ResolveRecoveryResult: ['RecoveryAction', 'RecoveryClosed'],
  RestoreDocumentResult: ['Document', 'DocumentLocked', 'DocumentOutdated', 'IssueHeld'],
  ResubmitApprovalResult: ['Approval', 'ApprovalDecided'],
  RunLogItem: ['Resync', 'RunEnded', 'RunLogChunk'],
  SetBlockersResult: ['Issue', 'IssueHeld'],
  SetIssuePolicyResult: ['Issue', 'IssueHeld'],
  SetMonitorResult: ['Issue', 'IssueHeld'],
  UpdateIssueResult: ['Issue', 'IssueBlocked', 'IssueHeld'],
  UpdateWorkProductResult: ['IssueHeld', 'WorkProduct'],
  UploadAttachmentResult: ['Attachment', 'IssueHeld'],
  WakeAgentResult: ['WakeRefused', 'Wakeup'],
  WithdrawApprovalResult: ['Approval', 'ApprovalDecided'],
};
