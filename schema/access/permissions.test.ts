import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type Furnished, furnish, smallCompany } from '../testing/company.ts';
import { documentFor } from '../testing/documents.ts';
import { changes, dump } from '../testing/dump.ts';
import { mutationCases } from '../testing/mutations.ts';
import { keyOf, tokenOf } from '../testing/runs.ts';
import { permissions } from './permission-table.ts';
import type { Principal } from './principal.ts';

let boardroom: TestBoardroom;
let rows: Furnished;
beforeAll(async () => {
  boardroom = await testBoardroom();
  rows = await furnish(boardroom, await smallCompany(boardroom));
});
afterAll(() => boardroom.close());

const cases = Object.entries(mutationCases);
const isClosed = ([name, mutation]: (typeof cases)[number]) => permissions[name]?.agent === 'no' || mutation.agent === 'nobody';
const takesRun = ([name]: (typeof cases)[number]) => permissions[name]?.agent === 'run' || permissions[name]?.board === 'no';
const agents: [string, () => Principal][] = [['a key', () => keyOf(rows.engineer)], ['a run token', () => tokenOf(rows.running)]];

describe.each(agents)('an agent with %s', (_name, principal) => {
  test.each(cases.filter(isClosed))('is refused what the board alone may: %s', async (name, mutation) => {
    const before = await dump(boardroom.db);
    expect(await boardroom.refusal(principal(), documentFor('mutation', name), { input: mutation.input(rows) })).toMatchObject({ code: 'FORBIDDEN' });
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });
});

test.each(cases.filter(takesRun))('%s takes a run, and a key proves none', async (name, mutation) => {
  const fresh = await furnish(boardroom, await smallCompany(boardroom));
  await mutation.prepare?.(boardroom, fresh);
  const { data, errors } = await boardroom.run(keyOf(fresh.engineer), documentFor('mutation', name), { input: mutation.input(fresh) });
  // Who holds the issue is told as data; all else is declined.
  if (name === 'releaseIssue') expect(data?.['result']).toMatchObject({ __typename: 'IssueHeld' });
  else expect(errors?.[0]?.message).toMatch(/run/);
});

test('keys of agents are for the board to see', async () => {
  const keys = `{ agent(id: "${rows.engineer.id}") { keys { nodes { name hint } } } }`;
  expect((await boardroom.ask(BOARD, keys)).agent.keys.nodes).toEqual([{ name: 'Acme key', hint: rows.secret.slice(-4) }]);
  expect(await boardroom.ask(keyOf(rows.engineer), keys)).toEqual({ agent: { keys: null } });
});

test('the viewer is who asks', async () => {
  const viewer = '{ viewer { kind user { name } agent { name } run { id } company { name } } }';
  const { viewer: board } = await boardroom.ask(BOARD, viewer);
  expect(board).toEqual({ kind: 'BOARD_USER', user: { name: 'Board' }, agent: null, run: null, company: null });
  const { viewer: key } = await boardroom.ask(keyOf(rows.ceo), viewer);
  expect(key).toEqual({ kind: 'AGENT_KEY', user: null, agent: { name: 'Acme CEO' }, run: null, company: { name: 'Acme' } });
  const { viewer: token } = await boardroom.ask(tokenOf(rows.running), viewer);
  expect(token).toEqual({ kind: 'RUN_TOKEN', user: null, agent: { name: 'Acme engineer' }, run: { id: rows.running.id }, company: { name: 'Acme' } });
});

test('no answer holds a secret of an agent’s configuration', async () => {
  const { agent } = await boardroom.ask(BOARD, `{ agent(id: "${rows.engineer.id}") { adapterConfig } }`);
  expect(agent.adapterConfig).toMatchObject({ command: 'true', env: { TOKEN: '•••' } });
});
