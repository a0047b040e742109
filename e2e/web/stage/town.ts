import { ask } from '../../support/boardroom.ts';
import { boardUser, type Company, file, foundCompany, hire, issueOnce, tell } from './company.ts';

/** A company with something of everything, and the addresses under which it can be looked at. */
export interface Town {
  company: Company;
  paths: string[];
}

/** Issues in every state, agents at work, idle, paused and in error, runs that go on, went well and did not. */
export async function buildTown(address: string): Promise<Town> {
  const company = await foundCompany(address, 'Townhall', 'TOWN');
  const userId = await boardUser(address);
  const lead = await hire(company, 'Ada');
  const failing = await hire(company, 'Bela', ['-e', 'console.error("fatal: no such street"); process.exit(3)']);
  const resting = await hire(company, 'Cleo');
  await ask(address, 'mutation($a: UpdateAgentInput!, $b: UpdateAgentInput!) { a: updateAgent(input: $a) { id } b: updateAgent(input: $b) { id } }', {
    a: { agentId: failing, managerId: lead, title: 'Surveyor of streets' }, b: { agentId: resting, managerId: failing },
  });
  await ask(address, 'mutation($id: ID!) { pauseAgent(input: { agentId: $id }) { id } }', { id: resting });
  const { createLabel } = await ask<{ createLabel: { id: string } }>(
    address, 'mutation($c: ID!) { createLabel(input: { companyId: $c, name: "roads", color: "#B87A5B" }) { id } }', { c: company.id },
  );
  const { createProject } = await ask<{ createProject: { id: string } }>(
    address, 'mutation($c: ID!) { createProject(input: { companyId: $c, name: "Bridge" }) { id } }', { c: company.id },
  );

  const root = await file(company, 'Build a bridge that carries lorries', {
    assigneeId: lead, priority: 'CRITICAL', labelIds: [createLabel.id], projectId: createProject.id,
    description: '# Why\n\nThe old one **creaks**.\n\n- measure\n- draw\n\n```js\nconst lorries = 3;\n```\n\nSee https://example.com/a-rather-long-address/that-goes-on/and-on.',
  });
  const part = await file(company, 'Measure the river', { parentId: root.id, assigneeUserId: userId });
  await file(company, 'Draw the arches, after the river has been measured by somebody who can swim and is not afraid of cold water in March', { parentId: root.id, blockedByIds: [part.id], assigneeUserId: userId });
  const painted = await file(company, 'Paint it green, some day', { priority: 'LOW' });
  const failed = await file(company, 'Count the potholes', { assigneeId: failing, priority: 'HIGH' });
  const waiting = await file(company, 'Sweep the square', { assigneeId: resting });
  const finished = await file(company, 'Ring the bell', { assigneeUserId: userId });
  for (const status of ['IN_PROGRESS', 'IN_REVIEW', 'DONE']) await move(address, finished.id, status);
  const reviewed = await file(company, 'Read the minutes', { assigneeUserId: userId });
  for (const status of ['IN_PROGRESS', 'IN_REVIEW']) await move(address, reviewed.id, status);
  await ask(address, 'mutation($i: ID!) { addComment(input: { issueId: $i, body: "Mind the *ducks*, and TOWN-2.\\n\\n> quack" }) { id } }', { i: waiting.id });
  await ask(address, 'mutation($a: ID!) { createAgentKey(input: { agentId: $a, name: "toll house" }) { __typename } }', { a: lead });

  tell(company, root.identifier, `issue checkout ${root.identifier}`, `issue comment ${root.identifier} Measured.`);
  const live = await issueOnce(address, root.identifier, ({ holder }) => holder !== null);
  const dead = await issueOnce(address, failed.identifier, ({ runs }) => runs.nodes.some(({ status }) => status === 'FAILED'));
  const liveRun = live.holder?.id ?? '';
  const deadRun = dead.runs.nodes.find(({ status }) => status === 'FAILED')?.id ?? '';

  await question(address, waiting);
  await ask(address, 'mutation($i: ID!) { holdSubtree(input: { issueId: $i, mode: PAUSE, reason: "until spring" }) { __typename } }', { i: painted.id });

  await spend(address, company.id, resting, createProject.id, root.id);
  const approvals = await askBoard(address, company.id, root.id);

  const of = (path: string) => `/TOWN${path}`;
  const paths = [
    '/welcome', '/companies', '/design', '/NOWHERE', of(''), of('/nowhere'),
    of('/issues'), of('/issues?tab=all'), of('/issues?tab=done&sort=updated'), of('/issues?text=nothing+like+it'), of('/issues?view=board'),
    of(`/issues/${root.identifier}`), of(`/issues/${waiting.identifier}`), of(`/issues/${finished.identifier}`), of(`/issues/${painted.identifier}`), of('/issues/TOWN-999'), of('/inbox'),
    of('/agents'), of('/agents?view=org'),
    ...['', '?view=issues', '?view=wakeups', '?view=configuration', '?view=permissions', '?view=limits', '?view=history', '?view=keys', '?view=about'].map((view) => of(`/agents/${lead}${view}`)),
    of(`/agents/${failing}`),
    ...['log', 'events', 'invocation', 'details'].map((view) => of(`/runs/${liveRun}?view=${view}`)),
    of(`/runs/${deadRun}`), of('/activity'), of('/activity?kind=runs'),
    of('/approvals'), of('/approvals?tab=all'), ...approvals.map((id) => of(`/approvals/${id}`)), of('/settings'), of('/settings?view=limits'), of('/settings?view=notifications'),
    of('/activity?kind=governance&span=custom&by=USER'), of('/costs'), of('/costs?range=custom&from=2026-01-31&to=2026-01-01'), of('/costs?view=budgets'), of('/costs?view=prices'), of(`/agents/${resting}`),
  ];
  return { company, paths };
}

/** A hire that waits and a request that was turned down; who is told of such things. */
async function askBoard(address: string, companyId: string, issueId: string): Promise<string[]> {
  const request = async (input: Record<string, unknown>) =>
    (await ask<{ requestApproval: { id: string } }>(address, 'mutation($input: RequestApprovalInput!) { requestApproval(input: $input) { id } }', { input: { companyId, issueIds: [issueId], ...input } })).requestApproval.id;
  const hired = await request({
    type: 'HIRE_AGENT', title: 'Hire Dora, who knows about arches, rivers and everything that is between one bank and another', body: '## Why\n\n| Span | Metres |\n|---|---|\n| first | 12 |',
    hire: { name: 'Dora', title: 'Engineer of bridges', capabilities: 'Arches.', adapterType: 'process', adapterConfig: { command: 'true' }, budget: { metric: 'TOKENS', window: 'MONTH', amount: '5000000' } },
  });
  const denied = await request({ type: 'BOARD_REQUEST', title: 'Buy a crane', body: 'It is yellow.' });
  await ask(address, 'mutation($id: ID!) { decideApproval(input: { approvalId: $id, decision: REJECTED, note: "No crane this year." }) { __typename } }', { id: denied });
  await ask(address, 'mutation($id: ID!) { addApprovalComment(input: { approvalId: $id, body: "And *after* the arches?" }) { id } }', { id: hired });
  const target = { companyId, channel: 'WEBHOOK', name: 'Toll house', address: 'https://hooks.example.com/a-rather-long-address/that-goes-on/and-on', events: ['BUDGET_STOPPED', 'RUN_FAILED'] };
  await ask(address, 'mutation($input: CreateNotificationTargetInput!) { createNotificationTarget(input: $input) { signingKey } }', { input: target });
  return [hired, denied];
}

/** Costs with and without a price, a budget that warns and one that stops. */
async function spend(address: string, companyId: string, agentId: string, projectId: string, issueId: string): Promise<void> {
  const budgets = [
    { scope: 'COMPANY', subjectId: companyId, metric: 'IMPUTED_COST', amount: '900000000' },
    { scope: 'PROJECT', subjectId: projectId, metric: 'BILLED_COST', amount: '15000000', hardStop: false },
    { scope: 'AGENT', subjectId: agentId, metric: 'TOKENS', window: 'ROLLING', windowHours: 168, amount: '1000000' },
  ];
  for (const input of budgets) await ask(address, 'mutation($input: SetBudgetInput!) { setBudget(input: $input) { id } }', { input });
  const used = { agentId, issueId, inputTokens: '400000', cachedInputTokens: '300000', outputTokens: '20000' };
  const costs = [
    { ...used, provider: 'anthropic', model: 'claude-sonnet-4-5', billingType: 'METERED_API', costMicros: '12500000' },
    { ...used, provider: 'anthropic', model: 'claude-opus-4-5', billingType: 'SUBSCRIPTION_INCLUDED', biller: 'claude-max' },
    { ...used, provider: 'acme-labs', model: 'a-model-whose-name-is-longer-than-any-column-has-room-for-2026-11-21', billingType: 'UNKNOWN' },
  ];
  for (const input of costs) await ask(address, 'mutation($input: ReportCostInput!) { reportCost(input: $input) { id } }', { input });
  await ask(address, 'mutation($input: SetPriceInput!) { setPrice(input: $input) { id } }', { input: { companyId, provider: 'own', model: 'house-*', inputMicros: '75000', outputMicros: '300000' } });
}

/** Everything that the board can be asked on an issue, a document that has changed, and a file. */
async function question(address: string, { id: issueId }: { id: string }): Promise<void> {
  const write = async (body: string, baseRevisionId: string | null) =>
    (await ask<{ putDocument: { latestRevision: { id: string } } }>(
      address, 'mutation($input: PutDocumentInput!) { putDocument(input: $input) { ... on Document { latestRevision { id } } } }',
      { input: { issueId, key: 'plan', title: 'How to sweep', body, baseRevisionId } },
    )).putDocument.latestRevision.id;
  const targetRevisionId = await write('# Sweep\n\nFrom the *middle* outwards.\n\n- broom\n- barrow\n', await write('# Sweep\n\nFrom the edge.\n', null));
  const option = (key: string) => ({ key, label: `Option ${key}`, description: 'With a word on it' });
  const asked = [
    { kind: 'CONFIRMATION', title: 'Sweep as planned?', summary: 'The plan says **how**.', targetRevisionId, requireReason: true },
    { kind: 'CHECKBOX_CONFIRMATION', title: 'Which squares?', options: ['a', 'b', 'c'].map(option), minSelected: 1, maxSelected: 2 },
    { kind: 'ASK_QUESTIONS', title: 'Two questions', questions: [{ key: 'q', prompt: 'When?', options: [option('a'), option('b')], allowText: true }, { key: 'r', prompt: 'Where?', options: [option('a')], multiple: true }] },
    { kind: 'SUGGEST_TASKS', title: 'File these?', tasks: [{ key: 'a', title: 'Buy a broom' }, { key: 'b', title: 'Find the shop', parentKey: 'a', description: 'In town.' }] },
    { kind: 'ITEM_VERDICTS', title: 'Which findings stand?', items: ['a', 'b'].map(option) },
  ];
  for (const input of asked) await ask(address, 'mutation($input: CreateInteractionInput!) { createInteraction(input: $input) { __typename } }', { input: { issueId, ...input } });
}

async function move(address: string, issueId: string, status: string): Promise<void> {
  await ask(address, 'mutation($input: UpdateIssueInput!) { updateIssue(input: $input) { __typename } }', { input: { issueId, status } });
}
