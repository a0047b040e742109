import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../prisma/id.ts';
import { LOCAL_BOARD_USER } from './access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from './testing/boardroom.ts';

/* The SQL that an operation sends does not depend on how many rows it finds: a list of 50 costs the statements of one of 2. */
let boardroom: TestBoardroom;
const FEW = 2;
const MANY = 50;
const companies = new Map<number, string>();
beforeAll(async () => {
  boardroom = await testBoardroom();
  for (const count of [FEW, MANY]) companies.set(count, await crowd(count));
});
afterAll(() => boardroom.close());

/** A company with so many of everything, each tied to others of its kind. */
async function crowd(count: number): Promise<string> {
  const { prisma } = boardroom.db;
  const companyId = newId();
  await prisma.company.create({ data: { id: companyId, name: `Crowd of ${count}`, prefix: `C${count}` } });
  const ids = () => Array.from({ length: count }, () => newId());
  const [agents, goals, projects, labels, issues, children, runs, waiting] = [ids(), ids(), ids(), ids(), ids(), ids(), ids(), ids()];
  const at = <T>(all: T[], i: number) => all[i] as T;
  await prisma.agent.createMany({ data: agents.map((id, i) => ({ id, companyId, name: `a${i}`, adapterType: 'process', managerId: at(agents, 0) === id ? null : at(agents, 0), status: 'RUNNING' as const })) });
  await prisma.goal.createMany({ data: goals.map((id, i) => ({ id, companyId, title: `g${i}`, ownerId: at(agents, i), parentId: i === 0 ? null : at(goals, 0) })) });
  await prisma.project.createMany({ data: projects.map((id, i) => ({ id, companyId, name: `p${i}`, color: '#000000', goalId: at(goals, i), leadId: at(agents, i) })) });
  await prisma.label.createMany({ data: labels.map((id, i) => ({ id, companyId, name: `l${i}`, color: '#000000' })) });
  const issue = (id: string, i: number, parentId: string | null) => ({
    id, companyId, number: i + 1 + (parentId ? count : 0), title: `i${i}`, status: 'IN_PROGRESS' as const, parentId, assigneeId: at(agents, i), projectId: at(projects, i), goalId: at(goals, i), creatorType: 'AGENT' as const, creatorId: at(agents, i),
  });
  await prisma.issue.createMany({ data: issues.map((id, i) => issue(id, i, null)) });
  await prisma.issue.createMany({ data: children.map((id, i) => issue(id, i, at(issues, i))) });
  await prisma.issueLabel.createMany({ data: issues.map((issueId, i) => ({ companyId, issueId, labelId: at(labels, i) })) });
  await prisma.issueBlocker.createMany({ data: issues.map((issueId, i) => ({ companyId, issueId, blockerId: at(children, i) })) });
  await prisma.comment.createMany({ data: issues.map((issueId, i) => ({ id: newId(), companyId, issueId, authorType: 'AGENT' as const, authorId: at(agents, i), runId: at(runs, i), body: 'x' })) });
  const run = (id: string, i: number, status: 'RUNNING' | 'QUEUED') => ({ id, companyId, number: i + 1 + (status === 'QUEUED' ? count : 0), agentId: at(agents, i), issueId: at(issues, i), status, source: 'ON_DEMAND' as const, adapterType: 'process' });
  await prisma.run.createMany({ data: [...runs.map((id, i) => run(id, i, 'RUNNING')), ...waiting.map((id, i) => run(id, i, 'QUEUED'))] });
  for (const [i, id] of issues.entries()) await prisma.issue.update({ where: { id }, data: { holderRunId: at(runs, i), holderStatus: 'RUNNING' } });
  await prisma.runLog.createMany({ data: runs.map((runId) => ({ runId, seq: 1, stream: 'STDOUT' as const, offset: 0n, byteSize: 3, text: 'abc' })) });
  await prisma.runEvent.createMany({ data: runs.map((runId) => ({ runId, kind: 'started', message: 'x' })) });
  await prisma.wakeup.createMany({ data: agents.map((agentId, i) => ({ id: newId(), companyId, agentId, issueId: at(issues, i), runId: at(runs, i), source: 'ON_DEMAND' as const, reason: 'manual', status: 'CLAIMED' as const, requesterType: 'AGENT' as const, requesterId: agentId })) });
  const events = issues.map((issueId, i) => ({ id: newId(), companyId, agentId: at(agents, i), issueId, runId: at(runs, i), projectId: at(projects, i), goalId: at(goals, i), provider: 'p', biller: 'p', model: `m${i}`, costMicros: 1n, costStatus: 'REPORTED' as const, occurredAt: new Date() }));
  await prisma.costEvent.createMany({ data: events });
  await prisma.costUnfolded.createMany({ data: events.filter((_, i) => i % 2 === 0).map(({ id, occurredAt }) => ({ eventId: id, companyId, occurredAt })) });
  const payload = { tasks: [], questions: [], options: [], items: [], minSelected: null, maxSelected: null, acceptLabel: null, rejectLabel: null, requiresReason: false };
  const asked = ids();
  await prisma.interaction.createMany({ data: issues.map((issueId, i) => ({ id: at(asked, i), companyId, issueId, kind: 'CONFIRMATION' as const, title: `n${i}`, payload, payloadHash: '', sourceRunId: at(runs, i), creatorType: 'AGENT' as const, creatorId: at(agents, i) })) });
  const plans = ids();
  await prisma.planDecomposition.createMany({ data: issues.map((sourceIssueId, i) => ({ id: at(plans, i), companyId, sourceIssueId, revisionId: newId(), interactionId: at(asked, i), childrenHash: '', children: [], childCount: 1, ownerType: 'AGENT' as const, ownerId: at(agents, i), ownerRunId: at(runs, i) })) });
  await prisma.planChild.createMany({ data: plans.map((decompositionId, i) => ({ decompositionId, ordinal: 0, companyId, issueId: at(children, i) })) });
  await prisma.issuePolicy.createMany({ data: issues.map((issueId, i) => ({ issueId, companyId, stages: [{ id: issueId, type: 'REVIEW', participants: [{ type: 'AGENT', id: at(agents, i) }] }], stageId: issueId, participantType: 'AGENT' as const, participantId: at(agents, i) })) });
  await prisma.policyDecision.createMany({ data: issues.map((issueId, i) => ({ id: newId(), companyId, issueId, stageId: issueId, stageType: 'REVIEW' as const, outcome: 'CHANGES_REQUESTED' as const, body: 'x', actorType: 'AGENT' as const, actorId: at(agents, i) })) });
  const [documents, revisions, threads] = [ids(), ids(), ids()];
  const text = { title: 't', body: 'One.\n', createdAt: new Date(0) };
  await prisma.document.createMany({ data: documents.map((id, i) => ({ ...text, id, companyId, issueId: at(issues, i), key: 'plan', latestRevisionId: at(revisions, i), latestNumber: 1, creatorType: 'AGENT' as const, creatorId: at(agents, i) })) });
  await prisma.documentRevision.createMany({ data: revisions.map((id, i) => ({ ...text, id, companyId, documentId: at(documents, i), number: 1, authorType: 'AGENT' as const, authorId: at(agents, i), runId: at(runs, i) })) });
  const place = { quote: 'One', prefix: '', suffix: '.', normalizedStart: 0, normalizedEnd: 3, markdownStart: 0, markdownEnd: 3, projectionVersion: 2, originalNumber: 1, currentNumber: 1 };
  await prisma.annotationThread.createMany({ data: threads.map((id, i) => ({ ...place, id, companyId, documentId: at(documents, i), issueId: at(issues, i), originalRevisionId: at(revisions, i), currentRevisionId: at(revisions, i), creatorType: 'AGENT' as const, creatorId: at(agents, i) })) });
  await prisma.annotationComment.createMany({ data: threads.map((threadId, i) => ({ id: newId(), companyId, threadId, body: 'x', authorType: 'AGENT' as const, authorId: at(agents, i), runId: at(runs, i) })) });
  await prisma.annotationSnapshot.createMany({ data: threads.map((threadId) => ({ id: newId(), companyId, threadId, fromNumber: 0, toNumber: 1, previous: {}, state: 'ACTIVE' as const, confidence: 'EXACT' as const })) });
  await prisma.activity.createMany({ data: issues.map((entityId, i) => ({ id: newId(), companyId, actorType: 'AGENT' as const, actorId: at(agents, i), runId: at(runs, i), action: 'issue.updated', entityType: 'issue', entityId, issueId: entityId })) });
  await prisma.issueReference.createMany({ data: issues.map((sourceIssueId, i) => ({ companyId, sourceIssueId, targetIssueId: at(children, i), kind: 'COMMENT' as const, recordId: sourceIssueId })) });
  const sha256 = '0'.repeat(64);
  await prisma.attachment.createMany({ data: issues.map((issueId, i) => ({ id: newId(), companyId, issueId, filename: 'f', contentType: 'text/plain', byteSize: 1n, sha256, uploaderType: 'AGENT' as const, uploaderId: at(agents, i), runId: at(runs, i) })) });
  await prisma.workProduct.createMany({ data: issues.map((issueId, i) => ({ id: newId(), companyId, issueId, type: 'BRANCH' as const, title: 'w', creatorType: 'AGENT' as const, creatorId: at(agents, i), runId: at(runs, i) })) });
  return companyId;
}

const operations: Record<string, string> = {
  'a page of issues as the board lists them': `issues(first: 50, filter: { rootsOnly: true }) { totalCount nodes { identifier title status priority assignee { name } assigneeUser { name } labels { name } commentCount project { name } goal { title } parent { identifier }
    holder { number agent { name } } hold { id issueCount } monitor { nextCheckAt } blockerAttention { message stalledLeaf { identifier } path { identifier } parked { identifier } } createdBy { ... on Agent { name } } nextStep { text stalled run { number } agent { name } issue { identifier } } liveRuns { status agent { name } }
    blockedBy { identifier status } blocks { identifier } childCounts { total done } allowedStatuses } }`,
  'issues with their children, threads, runs and costs': `issues(first: 50, filter: { rootsOnly: true }) { nodes { children(first: 5) { totalCount nodes { identifier assignee { name } } } comments(last: 2) { nodes { body author { ... on Agent { name } } run { number } } }
    runs(first: 2) { nodes { number } } activity(first: 2) { nodes { action } } cost { costMicros } subtree: cost(subtree: true) { costMicros runCount } } }`,
  'what the board is asked': 'pendingInteractions(first: 50) { totalCount nodes { title kind requireReason issue { identifier } sourceRun { number } createdBy { ... on Agent { name } } targetRevision { number } } }',
  'issues with what was asked, planned and reviewed': `issues(first: 50, filter: { rootsOnly: true }) { nodes { interactions(first: 2) { nodes { title status createdBy { ... on Agent { name } } } } decompositions { status childCount children { identifier } owner { ... on Agent { name } } ownerRun { number } }
    policy { pendingStage { type } participant { ... on Agent { name } } stages { participants { ... on Agent { name } } } } policyDecisions(first: 2) { nodes { outcome actor { ... on Agent { name } } } } } }`,
  'issues with their documents and what is said about them': `issues(first: 50, filter: { rootsOnly: true }) { nodes { document(key: "plan") { number } documents(first: 2) { nodes { key body createdBy { ... on Agent { name } } annotations { open stale }
    latestRevision { number run { number } } revisions(first: 1) { nodes { body author { ... on Agent { name } } } } revision(number: 1) { title } diff { added }
    threads(first: 2) { nodes { quote originalRevision { number } comments(first: 1) { nodes { body run { number } author { ... on Agent { name } } } } snapshots(first: 1) { nodes { state } } } } } } } }`,
  'what belongs to issues': `issues(first: 50, filter: { rootsOnly: true }) { nodes { references(first: 1) { nodes { issue { identifier title } kinds } } referencedBy(first: 1) { nodes { issue { identifier } } }
    attachments(first: 1) { nodes { filename uploadedBy { ... on Agent { name } } run { number } } } workProducts(first: 1) { nodes { title createdBy { ... on Agent { name } } run { number } issue { identifier } } } } }`,
  'a page of runs': 'runs(first: 50, filter: { live: true }) { nodes { number status agent { name manager { name } } issue { identifier title } company { name } logTail logBytes logChunkCount heldIssues { identifier } events(first: 1) { nodes { kind } } log(first: 1) { chunks { text } } } }',
  'the activity log': 'activity(first: 50) { nodes { action actor { ... on Agent { name } ... on User { name } } run { number } issue { identifier } entity { ... on Issue { title assignee { name } } } } }',
  'agents in their org': `agents(first: 50) { totalCount nodes { name manager { name } reports(first: 3) { totalCount nodes { name } } currentRuns { number issue { identifier } } runs(first: 1) { nodes { number } } issues(first: 2) { totalCount nodes { identifier } }
    heartbeat { skippedCount } wakeups(first: 1) { nodes { reason issue { identifier } run { number } requestedBy { ... on Agent { name } } } } keys(first: 1) { nodes { name } } cost { costMicros } } }`,
  'goals and projects': `goals(first: 50) { nodes { title owner { name } parent { title } children(first: 2) { nodes { title } } issues(first: 1) { nodes { identifier } } } }
    projects(first: 50) { nodes { name goal { title } lead { name } issueCounts { open } issues(first: 1) { totalCount nodes { identifier } } cost { costMicros } } }`,
  'costs of many and of all': `costs { total { costMicros runCount } last24Hours { costMicros } byAgent(first: 50) { nodes { agent { name } cost { costMicros runCount } } } byModel(first: 50) { nodes { model } } byProject(first: 50) { nodes { project { name } } } byGoal(first: 50) { nodes { goal { title } } } unpricedModels(first: 50) { nodes { model } } }
    agents(first: 50) { nodes { costs { total { costMicros } last5Hours { costMicros } byModel(first: 1) { nodes { model } } } } } goals(first: 50) { nodes { costs { total { costMicros } byDay(first: 1) { nodes { day } } } } }
    projects(first: 50) { nodes { costs { total { costMicros runtimeMs } byAgent(first: 1) { nodes { agent { name } } } } } }
    issues(first: 50, filter: { rootsOnly: true }) { nodes { costs { total { costMicros } byBillingCode(first: 1) { nodes { billingCode } } } below: costs(includeRoot: false, onlyBillingCode: true) { total { costMicros } } } }`,
  'the dashboard': `dashboard { agents { total } issues { open } issuesByPriority { high } runsByDay { succeeded } liveRuns(first: 50) { number agent { name } issue { identifier } logTail } failedRuns { number } successRate monthCost { costMicros } }
    issueCounts(filter: { live: true }) { total } costByAgent { agent { name } cost { costMicros } } labels(first: 50) { nodes { name } }`,
};

describe.each(Object.entries(operations))('%s', (_name, fields) => {
  test(`the statements for ${MANY} rows are those for ${FEW}`, async () => {
    const send = (count: number) => boardroom.statements(() => boardroom.ask(BOARD, `query ($ref: String!) { company(ref: $ref) { ${fields} } }`, { ref: companies.get(count) }));
    const [few, many] = [await send(FEW), await send(MANY)];
    // None carries a list of values in its text, so they are the same ones.
    expect(new Set(many)).toEqual(new Set(few));
    expect(many.length).toBeGreaterThan(2);
    expect(many.length).toBeLessThan(40);
    // Rows that two fields ask for come in one statement or in two, as their answers arrive: never in one for each row.
    expect(Math.abs(many.length - few.length)).toBeLessThanOrEqual(3);
  });
});

test.each<[string, string]>([
  ['the inbox', 'inbox(companyId: $id, first: 50) { nodes { isUnread issue { identifier title assignee { name } } events { reason comment { body author { ... on Agent { name } } } run { number } interaction { title } recovery { cause } } } }'],
  ['a search', 'search(companyId: $id, text: "x", first: 50) { nodes { kind issue { identifier title } comment { body } title { text } snippet { text isMatch } } }'],
])('%s', async (_name, fields) => {
  for (const id of companies.values()) await boardroom.db.prisma.issue.updateMany({ where: { companyId: id, parentId: null }, data: { creatorType: 'USER', creatorId: LOCAL_BOARD_USER } });
  const send = (count: number) => boardroom.statements(() => boardroom.ask(BOARD, `query ($id: ID!) { ${fields} }`, { id: companies.get(count) }));
  const [few, many] = [await send(FEW), await send(MANY)];
  expect(new Set(many)).toEqual(new Set(few));
  expect(many.length).toBeGreaterThan(2);
  expect(Math.abs(many.length - few.length)).toBeLessThanOrEqual(3);
});

test('companies with their dashboards', async () => {
  const query = 'query ($first: Int) { companies(first: $first) { nodes { name prefix dashboard { agents { total } issues { open } issuesByPriority { low } runsByDay { failed } liveRuns(first: 2) { number agent { name } } successRate monthCost { costMicros } } cost { costMicros } agents(first: 2) { totalCount nodes { name } } } } }';
  const count = async (first: number) => (await boardroom.statements(() => boardroom.ask(BOARD, query, { first }))).length;
  const few = await count(2); // each figure is one statement, whatever the number of companies
  await boardroom.db.prisma.company.createMany({ data: Array.from({ length: MANY }, (_, i) => ({ id: newId(), name: `x${i}`, prefix: `X${i}` })) });
  expect(Math.abs((await count(50)) - few)).toBeLessThanOrEqual(3);
});

test('one issue by its identifier takes two statements for its row and name', async () => {
  const { company } = await boardroom.ask(BOARD, `{ company(ref: "${companies.get(FEW)}") { issues(first: 1) { nodes { identifier } } } }`);
  const sent = await boardroom.statements(() => boardroom.ask(BOARD, 'query ($ref: String!) { issue(ref: $ref) { identifier title status } }', { ref: company.issues.nodes[0].identifier }));
  expect(sent.length).toBeLessThanOrEqual(2);
});
