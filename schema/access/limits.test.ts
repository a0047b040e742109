import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AgentPermission } from '../../prisma/generated/enums.ts';
import { newId } from '../../prisma/id.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Agent, Run } from '../../prisma/generated/client.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type Furnished, furnish, smallCompany } from '../testing/company.ts';
import { mutationCases } from '../testing/mutations.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { trial } from '../testing/trial.ts';
import { type Limit, LIMITS, permissions } from './permission-table.ts';
import type { Principal } from './principal.ts';

/* Each limit of the table broken in each mutation that has it, without and with each of the grants. */
interface World extends Furnished {
  writer: Agent;
  /** A run of the writer. */
  other: Run;
}

interface Breach {
  by(world: World): Principal;
  /** The input of the mutation's case where absent. */
  input?(world: World): Record<string, unknown>;
  /** What is so besides; undone after the trial. */
  given?(tx: Tx, world: World): Promise<unknown>;
}

let boardroom: TestBoardroom;
let world: World;
beforeAll(async () => {
  boardroom = await testBoardroom();
  const company = await smallCompany(boardroom);
  world = { ...(await furnish(boardroom, company)), writer: company.writer, other: await insertRun(boardroom.db, company.writer, { execution: { kind: 'request' } }) };
});
afterAll(() => boardroom.close());

const asEngineer = ({ engineer }: World) => keyOf(engineer);
const asWriter = ({ writer }: World) => keyOf(writer);
const asCeo = ({ ceo }: World) => keyOf(ceo);

/** A run of the engineer has an issue that the writer filed: nothing but the checkout keeps the writer off. */
const held = (which: 'issue' | 'parent' | 'watched' = 'issue'): Breach => ({
  by: asWriter,
  async given(tx, rows) {
    const issue = await tx.issue.update({ where: { id: rows[which].id }, data: { creatorType: 'AGENT', creatorId: rows.writer.id } });
    if (issue.status === 'IN_PROGRESS') await tx.issue.update({ where: { id: issue.id }, data: { holderRunId: rows.running.id, holderStatus: 'RUNNING' } });
    else await checkoutIssue(tx, tokenOf(rows.running), { issueId: issue.id });
  },
});
const unplanned = { by: asCeo, given: (tx: Tx, { company }: World) => tx.company.update({ where: { id: company.id }, data: { strategyApprovedAt: null } }) };

const candidate = (companyId: string) => ({ companyId, name: 'New', adapterType: 'process', adapterConfig: { command: 'true' } });
const withGrant = (who: 'engineer' | 'ceo', permission: AgentPermission): Breach => ({
  by: (rows) => keyOf(rows[who]),
  given: (tx, rows) => tx.agentGrant.create({ data: { id: newId(), companyId: rows.company.id, agentId: rows[who].id, permission, grantorType: 'SYSTEM' } }),
});
const hiring = (who: 'engineer' | 'ceo') => withGrant(who, 'AGENTS_CREATE');
const configuring = (who: 'engineer' | 'ceo') => withGrant(who, 'AGENTS_CONFIGURE');
/** The revision of the engineer had other settings. */
async function was(tx: Tx, { agentRevision }: World, settings: object): Promise<void> {
  await tx.agentRevision.update({ where: { id: agentRevision.id }, data: { settings: { ...(agentRevision.settings as object), ...settings } } });
}

const setByBoard = newId();
const budgetFor = (agent: Agent, amount: string) => ({ scope: 'AGENT', subjectId: agent.id, metric: 'RUNS', amount });
const boardsBudget = (tx: Tx, { id, companyId }: Agent, budgetId = newId()) =>
  tx.budget.create({ data: { id: budgetId, companyId, scope: 'AGENT', scopeId: id, metric: 'RUNS', window: 'MONTH', amount: 10n, setterType: 'USER' } });

/** By mutation and limit. Each is within all other limits of its mutation. */
const breaches: Record<string, Partial<Record<Limit, Breach>>> = {
  createAgent: {
    MANAGER_BELOW: { ...hiring('engineer'), input: ({ company, ceo }) => ({ ...candidate(company.id), managerId: ceo.id }) },
    NO_CEO: { ...hiring('engineer'), input: ({ company }) => ({ ...candidate(company.id), role: 'CEO' }) },
    STRATEGY: { ...unplanned, input: ({ company }) => candidate(company.id) },
  },
  updateAgent: {
    BELOW: configuring('engineer'),
    MANAGER_BELOW: { ...configuring('ceo'), input: ({ engineer }) => ({ agentId: engineer.id, managerId: null }) },
    NO_CEO: { ...configuring('ceo'), input: ({ engineer }) => ({ agentId: engineer.id, role: 'CEO' }) },
  },
  rollbackAgentConfig: {
    BELOW: configuring('engineer'),
    MANAGER_BELOW: { ...configuring('ceo'), given: async (tx, rows) => { await configuring('ceo').given?.(tx, rows); await was(tx, rows, { managerId: null }); } },
    NO_CEO: { ...configuring('ceo'), given: async (tx, rows) => { await configuring('ceo').given?.(tx, rows); await was(tx, rows, { role: 'CEO' }); } },
  },
  wakeAgent: {
    SELF_OR_BELOW: { by: asEngineer, input: ({ ceo }) => ({ agentId: ceo.id }) },
    STRATEGY: unplanned,
  },
  createIssue: {
    ASSIGNABLE: { by: asEngineer, input: ({ company, writer }) => ({ companyId: company.id, title: 'New', assigneeId: writer.id }) },
    STRATEGY: { ...unplanned, input: ({ company, engineer }) => ({ companyId: company.id, title: 'New', assigneeId: engineer.id }) },
  },
  updateIssue: {
    CHECKOUT: held(),
    REASSIGN: { by: asEngineer, input: ({ issue, writer }) => ({ issueId: issue.id, assigneeId: writer.id }) },
    MOVES: {
      by: asEngineer, input: ({ blocker, project }) => ({ issueId: blocker.id, projectId: project.id }),
      given: (tx, { blocker, writer }) => tx.issue.update({ where: { id: blocker.id }, data: { assigneeId: writer.id, creatorType: 'USER', projectId: null } }),
    },
    DIRECTS: { by: asWriter, input: ({ issue }) => ({ issueId: issue.id, status: 'CANCELLED' }) },
    STRATEGY: { ...unplanned, input: ({ issue }) => ({ issueId: issue.id, status: 'TODO' }) },
  },
  checkoutIssue: { SELF: { by: ({ running }) => tokenOf(running), input: ({ issue, ceo }) => ({ issueId: issue.id, agentId: ceo.id }) } },
  releaseIssue: { ITS_WORK: { ...held(), by: ({ other }) => tokenOf(other) } },
  setBlockers: {
    CHECKOUT: held(),
    STRATEGY: {
      ...unplanned, input: ({ issue }) => ({ issueId: issue.id, blockedByIds: [] }),
      async given(tx, rows) {
        await unplanned.given(tx, rows);
        const { issue, blocker } = rows;
        await tx.issue.update({ where: { id: issue.id }, data: { status: 'TODO', holderRunId: null, holderStatus: null } });
        await tx.issueBlocker.deleteMany({ where: { issueId: issue.id } });
        await tx.issueBlocker.create({ data: { companyId: issue.companyId, issueId: issue.id, blockerId: blocker.id } });
      },
    },
  },
  setMonitor: { CHECKOUT: held('watched'), DIRECTS: { by: asWriter } },
  uploadAttachment: { CHECKOUT: held() },
  deleteAttachment: {
    ITS_OWN: { by: asEngineer },
    CHECKOUT: {
      by: asWriter,
      async given(tx, rows) {
        await held().given?.(tx, rows);
        await tx.attachment.update({ where: { id: rows.attachment.id }, data: { uploaderType: 'AGENT', uploaderId: rows.writer.id } });
      },
    },
  },
  createWorkProduct: { CHECKOUT: held() },
  updateWorkProduct: { CHECKOUT: held() },
  putDocument: { CHECKOUT: held() },
  restoreDocument: { CHECKOUT: held() },
  createInteraction: { CHECKOUT: held() },
  cancelInteraction: { FILED_BY_IT: { by: asEngineer } },
  decomposePlan: {
    CHECKOUT: held('parent'),
    DIRECTS: { by: asWriter, given: (tx, { parent, engineer }) => tx.issue.update({ where: { id: parent.id }, data: { assigneeId: engineer.id } }) },
    ASSIGNABLE: { by: asEngineer, input: ({ parent, plan, writer }) => ({ issueId: parent.id, revisionId: plan.revisionId, children: { key: 'one', title: 'New', assigneeId: writer.id } }) },
    STRATEGY: unplanned,
  },
  setIssuePolicy: { CHECKOUT: held(), NOT_ITS_WORK: { by: asEngineer }, DIRECTS: { by: asWriter } },
  decidePolicyStage: { PARTICIPANT: { by: asEngineer, given: async (tx, rows) => mutationCases['decidePolicyStage']?.prepare?.({ db: { prisma: tx } } as never, rows) } },
  cancelRun: { SELF_OR_BELOW: { by: asWriter } },
  completeRun: { OWN_RUN: { by: ({ other }) => tokenOf(other) } },
  resolveRecovery: { RECOVERY_OWNER: { by: asEngineer } },
  decideWatchdog: { ASKED: { by: asEngineer } },
  requestApproval: {
    CEO_ONLY: { by: asEngineer, input: ({ company }) => ({ companyId: company.id, type: 'CEO_STRATEGY', title: 'New', body: 'New' }) },
    STRATEGY: unplanned,
  },
  resubmitApproval: { ITS_OWN: { by: asWriter } },
  withdrawApproval: { ITS_OWN: { by: asWriter } },
  setApprovalIssues: { ITS_OWN: { by: asWriter } },
  setBudget: {
    BELOW: { by: asEngineer, input: ({ ceo }) => budgetFor(ceo, '5') },
    SET_ABOVE: { by: asCeo, input: ({ engineer }) => budgetFor(engineer, '5'), given: async (tx, rows) => { await boardsBudget(tx, rows.ceo); await boardsBudget(tx, rows.engineer); } },
    WITHIN_ITS_OWN: { by: asCeo, input: ({ engineer }) => budgetFor(engineer, '11'), given: (tx, { ceo }) => boardsBudget(tx, ceo) },
  },
  removeBudget: {
    BELOW: { by: asEngineer },
    SET_ABOVE: { by: asCeo, input: () => ({ budgetId: setByBoard }), given: (tx, { engineer }) => boardsBudget(tx, engineer, setByBoard) },
  },
  reportCost: {
    SELF: { by: asEngineer, input: ({ ceo }) => ({ agentId: ceo.id, provider: 'p', model: 'm', costMicros: '1' }) },
    SPENT_ON: {
      by: asEngineer, input: ({ blocker }) => ({ issueId: blocker.id, provider: 'p', model: 'm', costMicros: '1' }),
      given: (tx, { blocker, writer }) => tx.issue.update({ where: { id: blocker.id }, data: { assigneeId: writer.id } }),
    },
  },
};

const limited = Object.entries(permissions).flatMap(([name, { limits = [] }]) => limits.map((limit) => [name, limit] as const));

describe.each(limited)('%s: %s', (name, limit) => {
  const known = (): Breach => {
    const breach = breaches[name]?.[limit];
    if (!breach) throw new Error(`no case here breaks ${limit} in ${name}`);
    return breach;
  };
  const tried = (given: (tx: Tx) => Promise<unknown> = async () => {}) => {
    const breach = known();
    return trial(boardroom, breach.by(world), name, (breach.input ?? mutationCases[name]?.input)?.(world) ?? {}, async (tx) => {
      await breach.given?.(tx, world);
      await given(tx);
    });
  };
  const holder = () => (known().by(world) as { agentId: string }).agentId;

  test('is held to', async () => expect(await tried()).toBe(LIMITS[limit].refusal));

  test.each(Object.values(AgentPermission))('with the grant %s', async (permission) => {
    const scope = permission === 'TASKS_ASSIGN_SCOPE' ? { agentIds: [world.writer.id] } : undefined;
    const outcome = await tried((tx) => tx.agentGrant.upsert({
      where: { agentId_permission: { agentId: holder(), permission } }, update: {},
      create: { id: newId(), companyId: world.company.id, agentId: holder(), permission, grantorType: 'SYSTEM', ...(scope ? { scope } : {}) },
    }));
    expect(outcome).toBe(LIMITS[limit].liftedBy.includes(permission) ? 'done' : LIMITS[limit].refusal);
  });

  if (limit === 'STRATEGY') {
    test('is over once the board has approved a strategy', async () => {
      expect(await tried((tx) => tx.company.update({ where: { id: world.company.id }, data: { strategyApprovedAt: new Date() } }))).toBe('done');
    });
  }
});

test('no case breaks a limit that the table does not name', () => {
  const named = new Set(limited.map(([name, limit]) => `${name} ${limit}`));
  expect(Object.entries(breaches).flatMap(([name, limits]) => Object.keys(limits).map((limit) => `${name} ${limit}`)).filter((each) => !named.has(each))).toEqual([]);
});
