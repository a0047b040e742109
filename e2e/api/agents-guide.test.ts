import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askUntil, projectFolder, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';

// An agent that has nothing but curl and does what docs/agents.md shows it, word for word.

let boardroom: RunningBoardroom;
let agentId: string;

beforeAll(async () => {
  boardroom = await startBoardroom();
  const guide = await readFile(join(projectFolder, 'docs/agents.md'), 'utf8');
  const script = /^```sh\n(ask\(\) \{.*?)^```$/ms.exec(guide)?.[1] ?? '';
  const { createCompany } = await ask<{ createCompany: { id: string } }>(boardroom.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }');
  const input = { companyId: createCompany.id, name: 'Curly', adapterType: 'process', adapterConfig: { command: 'sh', args: ['-ec', script] } };
  ({ createAgent: { id: agentId } } = await ask<{ createAgent: { id: string } }>(boardroom.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input }));
  await ask(boardroom.address, 'mutation($input: CreateIssueInput!) { createIssue(input: $input) { id } }', { input: { companyId: createCompany.id, title: 'By curl', assigneeId: agentId } });
});
afterAll(async () => {
  await boardroom?.stop();
  if (boardroom) await rm(boardroom.home, { recursive: true, force: true });
});

interface Issue {
  status: string;
  comments: { nodes: { body: string }[] };
  cost: { costMicros: string; inputTokens: string; outputTokens: string };
  runs: { nodes: { status: string; log: { chunks: { text: string }[] } }[] };
}

test('checks out, comments, reports its cost and finishes', async () => {
  const query = `{ issue(ref: "ACME-1") {
    status comments(first: 10) { nodes { body } } cost { costMicros inputTokens outputTokens }
    runs(first: 10) { nodes { status log(after: "0") { chunks { text } } } }
  } }`;
  const { issue } = await askUntil(() => ask<{ issue: Issue }>(boardroom.address, query), ({ issue: { runs } }) => runs.nodes.length > 0 && !['QUEUED', 'RUNNING'].includes(runs.nodes[0]?.status ?? ''));
  const [run] = issue.runs.nodes;
  const answers = run?.log.chunks.map(({ text }) => text).join('') ?? '';
  expect(answers).not.toContain('"errors"');
  expect(answers).toContain('"__typename":"Issue","status":"IN_PROGRESS"');
  expect(issue).toMatchObject({
    status: 'DONE',
    comments: { nodes: [{ body: 'Half done; the tests pass.' }, { body: 'Done: …' }] },
    cost: { costMicros: '41200', inputTokens: '18240', outputTokens: '2310' },
    runs: { nodes: [{ status: 'SUCCEEDED' }] },
  });
});
