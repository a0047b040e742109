import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOARD, testBoardroom, type TestBoardroom } from '../testing/boardroom.ts';
import { furnish, smallCompany, type Furnished } from '../testing/company.ts';
import { keyOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let rows: Furnished;
beforeAll(async () => {
  boardroom = await testBoardroom();
  rows = await furnish(boardroom, await smallCompany(boardroom));
});
afterAll(() => boardroom.close());

const of = (fields: string) => `query ($id: ID!) { node(id: $id) { ... on Workspace { ${fields} } } }`;
const ask = (fields: string, by = keyOf(rows.engineer)) => boardroom.ask(by, of(fields), { id: rows.workspace.id });
const refusal = (fields: string) => boardroom.refusal(BOARD, of(fields), { id: rows.workspace.id });

test('a workspace, what was done to it and what lies in it', async () => {
  const { node } = await ask(`mode status path issue { id } lastOperation { phase status } operations { nodes { phase status errorMessage } }
    commits(first: 5) { nodes { sha subject authorName } pageInfo { hasNextPage } } diff { files { path } isTruncated }
    files { entries { name kind byteSize } } file(path: "README.md") { text byteSize isBinary isTruncated }`);
  expect(node).toMatchObject({
    mode: 'SHARED_FOLDER', status: 'ACTIVE', issue: { id: rows.issue.id }, lastOperation: { phase: 'FINALIZE', status: 'FAILED' },
    operations: { nodes: [{ phase: 'FINALIZE', status: 'FAILED', errorMessage: 'Acme fault' }, { phase: 'PREPARE', status: 'SUCCEEDED', errorMessage: null }] },
    commits: { nodes: [{ sha: expect.stringMatching(/^[0-9a-f]{40}$/), subject: 'first', authorName: 'Ada' }], pageInfo: { hasNextPage: false } },
    diff: { files: [], isTruncated: false }, files: { entries: [{ name: 'README.md', kind: 'FILE', byteSize: '6' }] },
    file: { text: 'hello\n', byteSize: '6', isBinary: false, isTruncated: false },
  });
});

test('an issue, a run and a project name it', async () => {
  const { issue, run, project } = await boardroom.ask(BOARD, `query ($issue: String!, $run: ID!, $project: ID!) {
    issue(ref: $issue) { workspace { id } } run(id: $run) { workspace { id } } project(id: $project) { workspace { mode } workspaces { nodes { id } } } }`,
  { issue: rows.issue.id, run: rows.finished.id, project: rows.project.id });
  expect([issue, run]).toEqual([{ workspace: { id: rows.workspace.id } }, { workspace: { id: rows.workspace.id } }]);
  expect(project.workspace).toBeNull();
});

test.each(['../x', '/etc/passwd', '.git/config', 'a/../../b'])('%s is refused', async (path) => {
  for (const field of ['file', 'files', 'patch']) expect(await refusal(`${field}(path: ${JSON.stringify(path)}) { __typename }`)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'path' });
});

test('what is not there is not found', async () => {
  expect(await refusal('file(path: "nothing") { text }')).toMatchObject({ code: 'NOT_FOUND' });
});

test('the place of a project is the board\'s to name, in words that mean one thing', async () => {
  const set = `mutation ($input: SetProjectWorkspaceInput!) { setProjectWorkspace(input: $input) { workspace { mode path baseRef branchTemplate provisionCommand } } }`;
  const input = (workspace: object | null) => ({ input: { projectId: rows.project.id, workspace } });
  const place = { mode: 'GIT_WORKTREE', path: '/srv/repository/' };
  expect(await boardroom.refusal(keyOf(rows.engineer), set, input(place))).toMatchObject({ code: 'FORBIDDEN' });
  for (const [field, value] of [['path', 'relative'], ['path', '/a/../b'], ['baseRef', '--upload-pack=x'], ['branchTemplate', 'one-for-all']] as const) {
    expect(await boardroom.refusal(BOARD, set, input({ ...place, [field]: value }))).toMatchObject({ code: 'BAD_USER_INPUT', field });
  }
  expect((await boardroom.ask(BOARD, set, input({ ...place, baseRef: 'main', provisionCommand: 'npm ci' }))).setProjectWorkspace.workspace).toEqual({
    mode: 'GIT_WORKTREE', path: '/srv/repository', baseRef: 'main', branchTemplate: 'boardroom/{identifier}-{slug}', provisionCommand: 'npm ci',
  });
  expect((await boardroom.ask(BOARD, set, input(null))).setProjectWorkspace.workspace).toBeNull();
});
