import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, projectFolder, startBoardroom, temporaryFolder } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';

// Does what docs/api.md tells an integrator, in a project of its own, with the files and commands as they stand there.

const run = promisify(execFile);
let boardroom: RunningBoardroom;
let project: string;
let guide: string;
let companyId: string;

beforeAll(async () => {
  boardroom = await startBoardroom();
  ({ createCompany: { id: companyId } } = await ask<{ createCompany: { id: string } }>(
    boardroom.address, 'mutation { createCompany(input: { name: "Integrators" }) { id } }',
  ));
  project = await temporaryFolder('integrator');
  guide = await readFile(join(projectFolder, 'docs/api.md'), 'utf8');
  for (const [, name, text] of guide.matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms)) await writeFile(join(project, name ?? ''), text ?? '');
  await copyFile(join(projectFolder, 'schema/schema.graphql'), join(project, 'schema.graphql'));
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'integrator', private: true, type: 'module' }));
  // The packages that the guide asks for, as this project has them: nothing is fetched.
  await mkdir(join(project, 'node_modules/@graphql-codegen'), { recursive: true });
  await mkdir(join(project, 'node_modules/@graphql-typed-document-node'), { recursive: true });
  await mkdir(join(project, 'node_modules/@types'), { recursive: true });
  for (const name of [
    'graphql', 'graphql-ws', 'typescript', '@types/node',
    '@graphql-codegen/core', '@graphql-codegen/client-preset', '@graphql-typed-document-node/core',
  ]) {
    await symlink(join(projectFolder, 'node_modules', name), join(project, 'node_modules', name));
  }
  await run(process.execPath, ['generate.mjs'], { cwd: project });
});

afterAll(async () => {
  await boardroom?.stop();
  for (const folder of [project, boardroom?.home]) if (folder) await rm(folder, { recursive: true, force: true });
});

async function typeCheck(): Promise<string> {
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--allowImportingTsExtensions', '--types', 'node'];
  const tsc = join(projectFolder, 'node_modules/typescript/bin/tsc');
  return run(process.execPath, [tsc, ...flags, 'client.ts'], { cwd: project }).then(({ stdout }) => stdout, (error: { stdout: string }) => error.stdout);
}

test('the client of the guide passes the type checker', async () => {
  expect(await typeCheck()).toBe('');
});

test('a field that is not there, and a conflict that is forgotten, do not', async () => {
  const text = await readFile(join(project, 'client.ts'), 'utf8');
  try {
    await writeFile(join(project, 'client.ts'), text.replace("    case 'IssueBlocked':", "    case 'Nothing':"));
    expect(await typeCheck()).toContain('error TS');
    await writeFile(join(project, 'client.ts'), text.replace('idempotencyKey } })).createIssue', 'idempotencyKey, colour: 1 } })).createIssue'));
    expect(await typeCheck()).toContain("'colour' does not exist");
  } finally {
    await writeFile(join(project, 'client.ts'), text);
  }
});

test('it files, lists page by page and cancels on the running server', async () => {
  const program = `
    import { cancelIssue, fileIssue, openIssues } from ${JSON.stringify(pathToFileURL(join(project, 'client.ts')).href)};
    const filed = [];
    for (const title of ['one', 'two', 'three', 'one']) filed.push(await fileIssue(process.argv[1], title, 'key-' + title));
    const before = await Array.fromAsync(openIssues(process.argv[1]));
    const cancelled = await cancelIssue(filed[0].id);
    const after = await Array.fromAsync(openIssues(process.argv[1]));
    console.log(JSON.stringify({ filed: filed.map(({ identifier }) => identifier), before: before.map(({ title }) => title), cancelled, after: after.map(({ title }) => title) }));
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program, companyId], {
    cwd: project, env: { ...process.env, BOARDROOM_API_URL: boardroom.address },
  });
  const { filed, ...rest } = JSON.parse(stdout) as { filed: string[] };
  // A number that was not needed is left out.
  expect(filed.map((identifier) => filed.indexOf(identifier))).toEqual([0, 1, 2, 0]);
  expect(rest).toEqual({
    before: ['one', 'two', 'three'],
    cancelled: `${filed[0]} is CANCELLED`,
    after: ['two', 'three'],
  });
});

test('events arrive over the WebSocket of the guide, the missed ones first', async () => {
  const watch = spawn(process.execPath, ['watch.mjs', companyId, '0'], {
    cwd: project, env: { ...process.env, BOARDROOM_API_URL: boardroom.address }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kinds: string[] = [];
  try {
    for await (const line of createInterface({ input: watch.stdout })) {
      kinds.push((JSON.parse(line) as { kind: string }).kind);
      if (kinds.length === 5) await ask(boardroom.address, 'mutation($id: ID!) { createGoal(input: { companyId: $id, title: "live" }) { id } }', { id: companyId });
      if (kinds.at(-1) === 'goal.created') break;
    }
  } finally {
    watch.kill();
  }
  expect(kinds).toEqual(['company.created', 'issue.created', 'issue.created', 'issue.created', 'issue.updated', 'goal.created']);
});

test('the commands of the guide for curl work as they stand', async () => {
  const [plain = '', upload = '', stream = ''] = [...guide.matchAll(/^```sh\n(curl.*?)^```$/gms)].map(([, text]) => text ?? '');
  const shell = (text: string) => run('bash', ['-c', text.replaceAll('http://127.0.0.1:4400', boardroom.address)], { cwd: project });
  const { stdout } = await shell(plain);
  expect(JSON.parse(stdout)).toMatchObject({ data: { viewer: { kind: 'BOARD_USER' }, companies: { nodes: [{ prefix: 'INTE' }] } } });

  const { createIssue } = await ask<{ createIssue: { id: string } }>(
    boardroom.address, 'mutation($id: ID!) { createIssue(input: { companyId: $id, title: "with a file" }) { id } }', { id: companyId },
  );
  await writeFile(join(project, 'report.pdf'), '%PDF-1.4 a report');
  const sent = JSON.parse((await shell(upload.replace('"issueId":"…"', `"issueId":"${createIssue.id}"`))).stdout) as { data: { uploadAttachment: { path: string } } };
  expect(await (await fetch(new URL(sent.data.uploadAttachment.path, boardroom.address))).text()).toBe('%PDF-1.4 a report');

  const runId = await someRun();
  const log = await shell(stream.replace('"id":"…"', `"id":"${runId}"`));
  expect(log.stdout).toContain('event: next');
  expect(log.stdout).toContain('hello from a run');
  expect(log.stdout).toContain('"status":"SUCCEEDED"');
  expect(log.stdout).toContain('event: complete');
});

async function someRun(): Promise<string> {
  const { createAgent } = await ask<{ createAgent: { id: string } }>(boardroom.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', {
    input: { companyId, name: 'Echo', adapterType: 'process', adapterConfig: { command: 'echo', args: ['hello from a run'] } },
  });
  const { wakeAgent } = await ask<{ wakeAgent: { run: { id: string } } }>(
    boardroom.address, 'mutation($id: ID!) { wakeAgent(input: { agentId: $id }) { ... on Wakeup { run { id } } } }', { id: createAgent.id },
  );
  return wakeAgent.run.id;
}
