import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { hashOfKey } from './keys.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const create = async () => (await boardroom.ask(BOARD, `mutation { createAgentKey(input: { agentId: "${acme.engineer.id}", name: " laptop " }) { secret agentKey { id name hint createdAt lastUsedAt revokedAt } } }`)).createAgentKey;
const REVOKE = 'mutation ($id: ID!) { revokeAgentKey(input: { agentKeyId: $id }) { id revokedAt } }';

test('the secret is shown once, and only its hash is kept', async () => {
  const { secret, agentKey } = await create();
  expect(secret).toMatch(/^brk_[0-9a-f]{48}$/);
  expect(agentKey).toMatchObject({ name: 'laptop', hint: secret.slice(-4), lastUsedAt: null, revokedAt: null });
  const stored = await boardroom.db.prisma.agentKey.findUniqueOrThrow({ where: { id: agentKey.id } });
  expect(Buffer.from(stored.hash).equals(Buffer.from(hashOfKey(secret)))).toBe(true);
  const everything = await boardroom.db.prisma.$queryRawUnsafe<{ found: boolean }[]>(`
    SELECT EXISTS (SELECT 1 FROM agent_key k WHERE k::text LIKE '%${secret.slice(4)}%') OR EXISTS (SELECT 1 FROM activity a WHERE a::text LIKE '%${secret.slice(4)}%') AS found`);
  expect(everything).toEqual([{ found: false }]);
});

test('no two are alike', async () => {
  const secrets = await Promise.all(Array.from({ length: 10 }, create));
  expect(new Set(secrets.map(({ secret }) => secret)).size).toBe(10);
});

test('revoking is final, and twice is once', async () => {
  const { agentKey } = await create();
  const { revokeAgentKey: first } = await boardroom.ask(BOARD, REVOKE, { id: agentKey.id });
  expect(first.revokedAt).toEqual(expect.any(String));
  expect((await boardroom.ask(BOARD, REVOKE, { id: agentKey.id })).revokeAgentKey).toEqual(first);
  expect(await boardroom.db.prisma.activity.count({ where: { entityId: agentKey.id, action: 'agentKey.revoked' } })).toBe(1);
});

test('an unknown key is not found', async () => expect(await boardroom.refusal(BOARD, REVOKE, { id: newId() })).toMatchObject({ code: 'NOT_FOUND', message: 'no such agent key' }));
