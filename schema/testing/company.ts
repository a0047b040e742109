import type { Agent, Attachment, AnnotationThread, Company, Document, Interaction, Issue, SubtreeHold, WorkProduct } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { setGrant } from '../access/commands/set-grant.ts';
import { createAgent } from '../agent/commands.ts';
import { createAgentKey } from '../agent/keys.ts';
import type { AgentFields } from '../agent/settings.ts';
import { addApprovalComment } from '../approval/commands/comment-approval.ts';
import { requestApproval } from '../approval/commands/request-approval.ts';
import { attachFile } from '../attachment/commands.ts';
import { createCompany } from '../company/commands.ts';
import { reportCost } from '../cost/commands.ts';
import { setBudget } from '../budget/commands/set-budget.ts';
import { setPrice } from '../cost/set-price.ts';
import { createAnnotation } from '../annotation/commands/create-annotation.ts';
import { putDocument } from '../document/commands.ts';
import { createGoal } from '../goal/commands.ts';
import { holdSubtree } from '../hold/commands/hold-subtree.ts';
import { createInteraction } from '../interaction/commands/create-interaction.ts';
import { addComment } from '../issue/commands/add-comment.ts';
import { type CreateIssue, createIssue } from '../issue/commands/create-issue.ts';
import { createLabel } from '../issue/commands/labels.ts';
import { insertAcceptedPlan, insertDecomposition } from '../plan/testing.ts';
import { createNotificationTarget } from '../notification/commands/create-target.ts';
import { createProject } from '../project/commands.ts';
import { enqueueWake } from '../wake/enqueue-wake.ts';
import { createWorkProduct } from '../work-product/commands.ts';
import { bytesOf } from './bytes.ts';
import { BOARD, type TestBoardroom } from './boardroom.ts';
import { insertRun, tokenOf } from './runs.ts';
import { insertWorkspace } from './workspace.ts';

/** A company with the CEO over an engineer and a writer, and short ways to more. Every text in it begins with its name. */
export async function smallCompany(boardroom: TestBoardroom, name = 'Acme') {
  const { db } = boardroom;
  const founded = await write(db, (tx) => createCompany(tx, BOARD, { name, description: `${name} description` }));
  // Its CEO's strategy is approved: what comes before that has tests of its own.
  const company = await db.prisma.company.update({ where: { id: founded.id }, data: { strategyApprovedAt: founded.createdAt } });
  const { adapters } = boardroom.contextFor(BOARD);
  const agent = (fields: Partial<AgentFields> & { name?: string; adapterType?: string } = {}): Promise<Agent> =>
    write(db, (tx) => createAgent(tx, BOARD, adapters, {
      companyId: company.id, adapterType: 'process', adapterConfig: { command: 'true', env: { TOKEN: `${name} secret` } },
      ...fields, name: fields.name ?? `${name} agent`,
    }));
  const issue = (fields: Partial<CreateIssue> = {}): Promise<Issue> =>
    write(db, (tx) => createIssue(tx, BOARD, { companyId: company.id, title: `${name} issue`, ...fields }));
  const ceo = await agent({ name: `${name} CEO`, role: 'CEO' });
  const engineer = await agent({ name: `${name} engineer`, role: 'ENGINEER', managerId: ceo.id });
  const writer = await agent({ name: `${name} writer`, managerId: ceo.id });
  return { company, id: company.id, ceo, engineer, writer, agent, issue };
}

export type SmallCompany = Awaited<ReturnType<typeof smallCompany>>;

/** A row of every kind that has an id, each told by its name: for tests that try all of them. */
export async function furnish(boardroom: TestBoardroom, { company, engineer, ceo, issue }: SmallCompany) {
  const { db } = boardroom;
  const { name, id: companyId } = company;
  const { adapters, ...rest } = boardroom.contextFor(BOARD);
  const goal = await rest.write((tx, by) => createGoal(tx, by, { companyId, title: `${name} goal`, ownerId: ceo.id }));
  const project = await rest.write((tx, by) => createProject(tx, by, { companyId, name: `${name} project`, goalId: goal.id, leadId: ceo.id }));
  const label = await rest.write((tx, by) => createLabel(tx, by, { companyId, name: `${name} label` }));
  const parent = await issue({ title: `${name} parent`, projectId: project.id });
  const work = await issue({ title: `${name} work`, description: `${name} text`, parentId: parent.id, labelIds: [label.id], assigneeId: engineer.id, status: 'BACKLOG' });
  const blocker = await issue({ title: `${name} blocker` });
  const comment = await rest.write((tx, by) => addComment(tx, by, { issueId: work.id, body: `${name} comment` }));
  const wakeup = await rest.write((tx, by) => enqueueWake(tx, by, { agentId: ceo.id, source: 'ON_DEMAND', reason: 'manual', payload: { note: `${name} note` } }));
  const running = await insertRun(db, engineer, { issueId: work.id, summary: `${name} summary`, execution: { kind: 'request' } });
  const finished = await insertRun(db, engineer, { issueId: work.id, status: 'SUCCEEDED', finishedAt: new Date(), summary: `${name} summary` });
  const cost = await rest.write((tx, by) => reportCost(tx, by, { agentId: engineer.id, issueId: work.id, runId: running.id, provider: `${name} provider`, model: `${name} model`, costMicros: 5n }));
  const { agentKey, secret } = await rest.write((tx, by) => createAgentKey(tx, by, { agentId: engineer.id, name: `${name} key` }));
  // The CEO may give work to anybody as it is: this one changes nothing for tests of permissions.
  await rest.write((tx, by) => setGrant(tx, by, { agentId: ceo.id, permission: 'TASKS_ASSIGN_SCOPE', granted: true, scope: { projectIds: [project.id], agentIds: [engineer.id] } }));
  const grant = await db.prisma.agentGrant.findFirstOrThrow({ where: { agentId: ceo.id } });
  const asks = { issueId: parent.id, supersedeOnComment: false, summary: `${name} text` };
  const interaction = await rest.write((tx, by) => createInteraction(tx, by, { ...asks, kind: 'CONFIRMATION', title: `${name} confirmation` })) as Interaction;
  const questions = [{ key: 'where', prompt: `${name} question`, options: [{ key: 'here', label: `${name} option` }], allowText: true }];
  const question = await rest.write((tx, by) => createInteraction(tx, by, { ...asks, kind: 'ASK_QUESTIONS', title: `${name} questions`, questions })) as Interaction;
  const workProduct = await rest.write((tx, by) => createWorkProduct(tx, by, { issueId: work.id, type: 'BRANCH', title: `${name} branch` })) as WorkProduct;
  const parked = await issue({ title: `${name} watched`, assigneeId: engineer.id, status: 'BACKLOG' });
  const watched = await db.prisma.issue.update({ where: { id: parked.id }, data: { status: 'IN_PROGRESS' } });
  const stopped = await issue({ title: `${name} stopped` });
  const hold = await rest.write((tx, by) => holdSubtree(tx, by, { issueId: stopped.id, mode: 'PAUSE', reason: `${name} reason` })) as SubtreeHold;
  const notes = { issueId: work.id, key: 'notes', title: `${name} title`, changeSummary: `${name} summary` };
  const draft = await rest.write((tx, by) => putDocument(tx, by, { ...notes, body: `${name} draft` })) as Document;
  const document = await rest.write((tx, by) => putDocument(tx, by, { ...notes, body: `# ${name} notes\n\nThe **${name} passage** and more.\n`, baseRevisionId: draft.latestRevisionId })) as Document;
  const annotation = await rest.write((tx, by) => createAnnotation(tx, by, { documentId: document.id, baseRevisionId: document.latestRevisionId, quote: { exact: `${name} passage` }, body: `${name} remark` })) as AnnotationThread;
  const remark = await db.prisma.annotationComment.findFirstOrThrow({ where: { threadId: annotation.id } });
  const { revisionId, interaction: accepted } = await insertAcceptedPlan(db, parent);
  const decomposition = await insertDecomposition(db, blocker, accepted, work);
  const stored = await boardroom.files.store(bytesOf(`${name} file`), 1_000n);
  const attachment = await rest.write((tx, by) => attachFile(tx, by, { issueId: work.id, filename: `${name}.txt` }, stored)) as Attachment;
  const recovery = await db.prisma.recoveryAction.create({
    data: { id: newId(), companyId, issueId: parent.id, kind: 'GRAPH_LIVENESS', ownerType: 'BOARD', cause: 'in_review_without_action_path', fingerprint: 'x', nextAction: `${name} next`, evidence: { seen: `${name} evidence` } },
  });
  const watchdogDecision = await db.prisma.watchdogDecision.create({
    data: { id: newId(), companyId, runId: running.id, verdict: 'CONTINUE', reason: `${name} reason`, actorType: 'SYSTEM' },
  });
  const asEngineer = tokenOf(running);
  const approval = await write(db, (tx) => requestApproval(tx, asEngineer, adapters, { type: 'BOARD_REQUEST', title: `${name} approval`, body: `${name} text`, issueIds: [work.id] }));
  const sentBack = await write(db, (tx) => requestApproval(tx, asEngineer, adapters, { type: 'BOARD_REQUEST', title: `${name} request` }));
  const approvalComment = await write(db, (tx) => addApprovalComment(tx, asEngineer, { approvalId: approval.id, body: `${name} remark` }));
  const approvalVersion = await db.prisma.approvalVersion.findFirstOrThrow({ where: { approvalId: approval.id } });
  const agentRevision = await db.prisma.agentRevision.findFirstOrThrow({ where: { agentId: engineer.id } });
  const { workspace, operation } = await insertWorkspace(db, finished, name);
  const { target: notificationTarget } = await rest.write((tx, by) => createNotificationTarget(tx, by, rest.notifications, { companyId, name: `${name} target`, channel: 'WEBHOOK', address: `https://hooks.test/${name}`, events: ['APPROVAL_WAITING'] }));
  const notificationDelivery = await db.prisma.notificationDelivery.create({
    data: { id: newId(), companyId, targetId: notificationTarget.id, event: 'APPROVAL_WAITING', subject: 'x', payload: { title: `${name} title` }, nextAttemptAt: new Date() },
  });
  const breakerTrip = await db.prisma.breakerTrip.create({
    data: { id: newId(), companyId, agentId: engineer.id, runId: finished.id, kind: 'RUNS_PER_HOUR', limit: 1n, observed: 2n, evidence: { seen: `${name} evidence` }, resetAt: new Date(), resetType: 'SYSTEM', resetNote: `${name} note` },
  });
  const price = await rest.write((tx, by) => setPrice(tx, by, { companyId, provider: `${name} provider`, model: `${name} priced`, inputMicros: 1n, outputMicros: 1n }));
  const budget = await rest.write((tx, by) => setBudget(tx, by, { scope: 'ISSUE_SUBTREE', subjectId: stopped.id, metric: 'TOKENS', amount: 10n }));
  const incident = await db.prisma.budgetIncident.create({ data: { id: newId(), companyId, budgetId: budget.id, threshold: 'HARD', windowStart: new Date(), limit: 10n, observed: 11n } });
  const activity = await db.prisma.activity.findFirstOrThrow({ where: { companyId } });
  return { company: company as Company, ceo, engineer, goal, project, label, parent, issue: work, blocker, comment, wakeup, running, queued: wakeup.runId as string, finished, cost, price, agentKey, secret, grant, interaction, question, decomposition, plan: { id: accepted.id, revisionId }, workProduct, attachment, hold, watched, document, firstRevision: { id: draft.latestRevisionId }, annotation, remark, activity, approval, sentBack, approvalComment, approvalVersion, agentRevision, breakerTrip, recovery, watchdogDecision, workspace, operation, notificationTarget, notificationDelivery, budget, incident };
}

export type Furnished = Awaited<ReturnType<typeof furnish>>;
