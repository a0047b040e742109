import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgentPermission } from '../../prisma/generated/enums.ts';
import { AgentPermission as AgentPermissions } from '../../prisma/generated/enums.ts';
import { newId } from '../../prisma/id.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { BOARD, type TestBoardroom, testBoardroom, testSchema } from '../testing/boardroom.ts';
import { type Furnished, furnish, smallCompany } from '../testing/company.ts';
import { rootFields } from '../testing/documents.ts';
import { mutationCases } from '../testing/mutations.ts';
import { keyOf, tokenOf } from '../testing/runs.ts';
import { trial } from '../testing/trial.ts';
import { LIMITS, type Permission, permissions } from './permission-table.ts';
import { permissionsPage } from './permissions-page.ts';
import type { Principal } from './principal.ts';

/*
 * Every mutation of the schema by every kind of principal, compared with the table. Who has no valid credentials is tried over
 * HTTP in api/auth/permissions.test.ts; each limit is broken in limits.test.ts.
 */
let boardroom: TestBoardroom;
let shared: Furnished;
let foreign: Furnished;
beforeAll(async () => {
  boardroom = await testBoardroom();
  shared = await furnish(boardroom, await smallCompany(boardroom, 'Acme'));
  foreign = await furnish(boardroom, await smallCompany(boardroom, 'Zebra'));
});
afterAll(() => boardroom.close());

const mutations = Object.keys(rootFields('mutation')).sort();
const REFUSED = ['FORBIDDEN', 'NOT_FOUND', 'RULE_VIOLATION', 'CONFLICT'];

test('the table has a row for each mutation, and no other', () => {
  expect(Object.keys(permissions).sort()).toEqual(mutations);
});

test('each limit is in use', () => {
  const used = new Set(Object.values(permissions).flatMap(({ limits = [] }) => limits));
  expect(Object.keys(LIMITS).filter((limit) => !used.has(limit as never))).toEqual([]);
});

test('docs/permissions.md is what the table says', () => {
  expect(readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8')).toBe(permissionsPage(testSchema()));
});

/** The agent has one grant; within its bounds, where it is one that has some. */
export function granted(agentId: string, companyId: string, permission: AgentPermission) {
  return (tx: Tx) => tx.agentGrant.create({
    data: { id: newId(), companyId, agentId, permission, grantorType: 'SYSTEM', ...(permission === 'TASKS_ASSIGN_SCOPE' ? { scope: { managedSubtree: true } } : {}) },
  });
}

// One without a case fails in schema/activity/recorded.test.ts.
describe.each(mutations.filter((name) => mutationCases[name]))('%s', (name) => {
  const row = permissions[name] as Permission;
  const mutation = mutationCases[name];
  let rows: Furnished;
  beforeAll(async () => {
    rows = shared;
    if (!mutation?.prepare) return;
    rows = await furnish(boardroom, await smallCompany(boardroom));
    await mutation.prepare(boardroom, rows);
  });
  const tried = (by: Principal, given?: (tx: Tx) => Promise<unknown>) => trial(boardroom, by, name, mutation?.input(rows) ?? {}, given);

  test('by the board', async () => {
    const outcome = await tried(BOARD);
    if (row.board === 'yes') expect(outcome).toBe('done');
    else if (row.board === 'no') expect(outcome).toBe('FORBIDDEN');
    else expect(REFUSED).toContain(outcome);
  });

  /** What the table lets the engineer do with the input of the case, where it has these grants. */
  function expected(by: 'key' | 'run', outcome: string, grants: AgentPermission[] = []): void {
    const isClosed = row.agent === 'no' || (row.agent === 'run' && by === 'key') || (row.grant !== undefined && !grants.includes(row.grant));
    if (isClosed) expect(outcome).toBe('FORBIDDEN');
    else if (mutation?.agent || (row.board === 'no' && by === 'key')) expect(REFUSED).toContain(outcome);
    else expect(outcome).toBe('done');
  }

  test('by an agent with a key', async () => expected('key', await tried(keyOf(rows.engineer))));
  test('by an agent in a run', async () => expected('run', await tried(tokenOf(rows.running))));
  test.each(Object.values(AgentPermissions))('by an agent with the grant %s', async (permission) => {
    const given = granted(rows.engineer.id, rows.company.id, permission);
    expected('key', await tried(keyOf(rows.engineer), given), [permission]);
    expected('run', await tried(tokenOf(rows.running), given), [permission]);
  });

  test('by the agent that the case names', async () => {
    if (mutation?.agent === 'ceo') expect(await tried(keyOf(rows.ceo), row.grant && granted(rows.ceo.id, rows.company.id, row.grant))).toBe('done');
    if (mutation?.agent === 'nobody') expect(REFUSED).toContain(await tried(keyOf(rows.engineer)));
  });

  test('by an agent of another company', async () => {
    for (const by of [keyOf(foreign.ceo), tokenOf(foreign.running)]) {
      const isClosed = row.agent === 'no' || (row.agent === 'run' && by.kind !== 'run');
      expect(await tried(by, granted(foreign.engineer.id, foreign.company.id, row.grant ?? 'TASKS_ASSIGN'))).toBe(isClosed ? 'FORBIDDEN' : 'NOT_FOUND');
    }
  });

  test('by the CEO before the board has approved a strategy', async () => {
    if (row.limits?.includes('STRATEGY')) return; // broken in limits.test.ts
    const before = (tx: Tx) => tx.company.update({ where: { id: rows.company.id }, data: { strategyApprovedAt: null } });
    const after = (tx: Tx) => tx.company.update({ where: { id: rows.company.id }, data: { strategyApprovedAt: new Date() } });
    expect(await tried(keyOf(rows.ceo), before)).toBe(await tried(keyOf(rows.ceo), after));
  });
});
