import { grantById } from '../../access/reads.ts';
import { AgentGrantRef } from '../../access/ref.ts';
import { annotationCommentById, threadById } from '../../annotation/reads.ts';
import { AnnotationCommentRef, AnnotationThreadRef } from '../../annotation/ref.ts';
import { agentById, agentRevisionById } from '../../agent/reads.ts';
import { AgentRef, AgentRevisionRef } from '../../agent/ref.ts';
import { approvalById, approvalCommentById } from '../../approval/reads.ts';
import { ApprovalCommentRef, ApprovalRef } from '../../approval/ref.ts';
import { attachmentById } from '../../attachment/reads.ts';
import { AttachmentRef } from '../../attachment/ref.ts';
import { tripById } from '../../breaker/reads.ts';
import { BreakerTripRef } from '../../breaker/ref.ts';
import { budgetById, incidentById } from '../../budget/reads.ts';
import { BudgetIncidentRef, BudgetRef } from '../../budget/ref.ts';
import { builder } from '../../builder.ts';
import { companyById } from '../../company/reads.ts';
import { CompanyRef } from '../../company/ref.ts';
import type { Context } from '../../context.ts';
import { costEventById } from '../../cost/reads.ts';
import { priceById } from '../../cost/prices-read.ts';
import { CostEventRef, ModelPriceRef } from '../../cost/ref.ts';
import { documentById, revisionById } from '../../document/reads.ts';
import { DocumentRef, DocumentRevisionRef } from '../../document/ref.ts';
import { goalById } from '../../goal/reads.ts';
import { GoalRef } from '../../goal/ref.ts';
import { holdById } from '../../hold/reads.ts';
import { SubtreeHoldRef } from '../../hold/ref.ts';
import { interactionById } from '../../interaction/reads.ts';
import { InteractionRef } from '../../interaction/ref.ts';
import { commentById, issueById, labelById } from '../../issue/reads.ts';
import { CommentRef, IssueRef, LabelRef } from '../../issue/ref.ts';
import { deliveryById, targetById } from '../../notification/reads.ts';
import { NotificationDeliveryRef, NotificationTargetRef } from '../../notification/ref.ts';
import { decompositionById } from '../../plan/reads.ts';
import { PlanDecompositionRef } from '../../plan/ref.ts';
import { projectById } from '../../project/reads.ts';
import { ProjectRef } from '../../project/ref.ts';
import { decisionById, recoveryById } from '../../recovery/reads.ts';
import { RecoveryRef, WatchdogDecisionRef } from '../../recovery/ref.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import type { Batch } from '../../shared/loading.ts';
import { typed } from '../../shared/node.ts';
import { wakeupById } from '../../wake/reads.ts';
import { WakeupRef } from '../../wake/ref.ts';
import { workProductById } from '../../work-product/reads.ts';
import { WorkProductRef } from '../../work-product/ref.ts';
import { operationById, workspaceById } from '../../workspace/reads.ts';
import { WorkspaceOperationRef, WorkspaceRef } from '../../workspace/ref.ts';

export interface ResyncShape {
  cursor: string;
  message: string;
}

export const Resync = builder.objectRef<ResyncShape>('Resync').implement({
  description: 'The reader was away too long for a replay: query anew, then follow from this cursor.',
  fields: (t) => ({
    cursor: t.expose('cursor', { type: 'Cursor', description: 'Where to follow from.' }),
    message: t.exposeString('message', { description: 'For people.' }),
  }),
});

type EntityName = 'Budget' | 'BudgetIncident' | 'Company' | 'Agent' | 'BreakerTrip' | 'AgentGrant' | 'Goal' | 'Project' | 'Issue' | 'Comment' | 'Run' | 'Label' | 'Wakeup' | 'CostEvent' | 'ModelPrice' | 'Workspace' | 'WorkspaceOperation' | 'Interaction' | 'PlanDecomposition' | 'RecoveryAction' | 'WatchdogDecision' | 'WorkProduct' | 'Attachment' | 'SubtreeHold' | 'Document' | 'DocumentRevision' | 'AnnotationThread' | 'AnnotationComment' | 'Approval' | 'ApprovalComment' | 'AgentRevision' | 'NotificationTarget' | 'NotificationDelivery' | 'Resync';

export const EventEntity = builder.unionType('EventEntity', {
  description: 'What an event is about.',
  types: [BudgetRef, BudgetIncidentRef, CompanyRef, AgentRef, BreakerTripRef, AgentGrantRef, GoalRef, ProjectRef, IssueRef, CommentRef, RunRef, LabelRef, WakeupRef, CostEventRef, ModelPriceRef, WorkspaceRef, WorkspaceOperationRef, InteractionRef, PlanDecompositionRef, RecoveryRef, WatchdogDecisionRef, WorkProductRef, AttachmentRef, SubtreeHoldRef, DocumentRef, DocumentRevisionRef, AnnotationThreadRef, AnnotationCommentRef, ApprovalRef, ApprovalCommentRef, AgentRevisionRef, NotificationTargetRef, NotificationDeliveryRef, Resync],
  resolveType: (value) => (value as unknown as { __typename: EntityName }).__typename,
});

const sources: Record<string, [EntityName, Batch<string, { id: string } | null>]> = {
  company: ['Company', companyById], agent: ['Agent', agentById], agentGrant: ['AgentGrant', grantById], goal: ['Goal', goalById], project: ['Project', projectById], issue: ['Issue', issueById],
  comment: ['Comment', commentById], run: ['Run', runById], label: ['Label', labelById], wakeup: ['Wakeup', wakeupById], costEvent: ['CostEvent', costEventById], modelPrice: ['ModelPrice', priceById],
  document: ['Document', documentById], documentRevision: ['DocumentRevision', revisionById],
  annotation: ['AnnotationThread', threadById], annotationComment: ['AnnotationComment', annotationCommentById],
  agentRevision: ['AgentRevision', agentRevisionById], approval: ['Approval', approvalById], approvalComment: ['ApprovalComment', approvalCommentById],
  interaction: ['Interaction', interactionById], planDecomposition: ['PlanDecomposition', decompositionById],
  breakerTrip: ['BreakerTrip', tripById], budget: ['Budget', budgetById], budgetIncident: ['BudgetIncident', incidentById],
  recovery: ['RecoveryAction', recoveryById], watchdogDecision: ['WatchdogDecision', decisionById],
  workspace: ['Workspace', workspaceById], workspaceOperation: ['WorkspaceOperation', operationById],
  workProduct: ['WorkProduct', workProductById], attachment: ['Attachment', attachmentById],
  subtreeHold: ['SubtreeHold', holdById],
};

/** Rows for the board's eyes: agents hear that something happened to one, and do not see it. */
const ofTheBoard: typeof sources = { notificationTarget: ['NotificationTarget', targetById], notificationDelivery: ['NotificationDelivery', deliveryById] };

/** The row behind an activity entry, as it is now. */
export async function entityOf(ctx: Context, entityType: string, entityId: string): Promise<never | null> {
  const source = sources[entityType] ?? (ctx.principal.kind === 'user' ? ofTheBoard[entityType] : undefined);
  if (!source) return null;
  const row = await ctx.loading.load(source[1], entityId);
  return row ? (typed(source[0], row) as never) : null;
}

/** All of the kinds above that `node(id)` can find, with the company that each row belongs to. */
export const nodeSources = Object.values(sources);
export const boardSources = Object.values(ofTheBoard);
