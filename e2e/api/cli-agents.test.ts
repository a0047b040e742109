import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type RunningBoardroom, startBoardroom } from '../support/boardroom.ts';
import { boardroomCommand, commandData } from '../support/command.ts';

// Agents as the board hires, stops and lets them go by the `boardroom` command, and what it reads before it hires.

let live: RunningBoardroom;
beforeAll(async () => {
  live = await startBoardroom();
  await ask(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }');
});
afterAll(async () => {
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
});

const boardroom = (...args: string[]) => boardroomCommand(live.address, args);
const data = <T>(...args: string[]) => commandData<T>(live.address, args);
const SLEEPER = '{"command": "sh", "args": ["-c", "sleep 600"]}';

test('an agent is hired under another, and what is missing or wrong is said', async () => {
  expect((await boardroom('agent', 'hire', 'Juno', '--adapter', 'process', '--config', '{"command": "true"}', '--role', 'ceo')).stdout).toMatch(/^Juno is hired {2}[0-9a-f-]{36}\n$/);
  expect(await data('agent', 'hire', 'Ada', '--adapter', 'process', '--config', SLEEPER, '--manager', 'Juno', '--title', 'Tester', '--can', 'Tests lamps', '--heartbeat', '3600', '--at-once', '2')).toMatchObject({
    name: 'Ada', role: 'GENERAL', title: 'Tester', status: 'IDLE', adapterConfig: { command: 'sh' }, maxConcurrentRuns: 2, manager: { name: 'Juno' }, heartbeat: { enabled: true, intervalSec: 3600 },
  });
  const twice = [await data<{ id: string }>('agent', 'hire', 'Once', '--adapter', 'process', '--config', '{"command": "true"}', '--key', 'k'), await data<{ id: string }>('agent', 'hire', 'Once', '--adapter', 'process', '--config', '{"command": "true"}', '--key', 'k')];
  expect(twice[0]?.id).toBe(twice[1]?.id);
  expect(await boardroom('agent', 'hire')).toMatchObject({ code: 2, stderr: expect.stringContaining('say what it is called') });
  expect(await boardroom('agent', 'hire', 'X')).toMatchObject({ code: 2, stderr: expect.stringContaining('--adapter process, http or claude') });
  expect(await boardroom('agent', 'hire', 'X', '--adapter', 'telegraph')).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no adapter "telegraph"') });
  expect(await boardroom('agent', 'hire', 'X', '--adapter', 'process', '--config', '{}')).toMatchObject({ code: 1, stderr: expect.stringContaining('command') });
  expect(await boardroom('agent', 'hire', 'X', '--adapter', 'process', '--role', 'king')).toMatchObject({ code: 2 });
});

test('a pause stops what runs, or lets it go on; a resume lets the agent work again', async () => {
  expect((await boardroom('agent', 'wake', 'Ada')).code).toBe(0);
  expect((await boardroom('agent', 'pause', 'Ada', '--let-run')).stdout).toMatch(/^Ada is PAUSED \(MANUAL\)/);
  expect((await boardroom('agent', 'list')).stdout).toMatch(/Ada +PAUSED \(MANUAL\)/);
  expect((await boardroom('agent', 'resume', 'Ada')).stdout).toMatch(/^Ada is (IDLE|RUNNING)\n$/);
  expect(await data('agent', 'pause', 'Ada')).toMatchObject({ status: 'PAUSED', pauseReason: 'MANUAL' });
  expect(await data('agent', 'resume', 'Ada')).toMatchObject({ name: 'Ada' });
  for (const verb of ['pause', 'resume', 'terminate']) {
    expect(await boardroom('agent', verb)).toMatchObject({ code: 2, stderr: expect.stringContaining('boardroom agent list') });
    expect(await boardroom('agent', verb, 'Nobody', '--yes').then(({ code }) => code), verb).not.toBe(0);
  }
});

test('where a budget paused it the refusal names policy, spent and limit, and what to do', async () => {
  const { company } = await ask<{ company: { agents: { nodes: { id: string; name: string }[] } } }>(live.address, '{ company(ref: "ACME") { agents { nodes { id name } } } }');
  const agentId = company.agents.nodes.find(({ name }) => name === 'Once')?.id as string;
  const { id: budget } = await data<{ id: string }>('budget', 'set', '10', '--metric', 'tokens', '--agent', 'Once');
  const input = { agentId, provider: 'anthropic', model: 'm', inputTokens: '12' };
  await ask(live.address, 'mutation($input: ReportCostInput!) { reportCost(input: $input) { id } }', { input });
  expect((await boardroom('agent', 'list')).stdout).toMatch(/Once +PAUSED \(BUDGET\)/);
  expect(await boardroom('agent', 'resume', 'Once')).toMatchObject({ code: 1, stderr: expect.stringMatching(/RULE_VIOLATION: .*Once.* 12 .*10 tokens.*Raise the budget first/) });
  const [waiting] = await data<[{ id: string }]>('approval', 'list', '--type', 'budget-override') 
  expect((await boardroom('approval', 'show', waiting.id)).stdout).toMatch(/limit +of agent Once: 10 tokens, used 12 tokens; now 10 tokens a month/);
  expect((await boardroom('budget', 'raise', budget, '100')).code).toBe(0);
  expect((await boardroom('agent', 'resume', 'Once')).stdout).toBe('Once is IDLE\n');
});

test('a hire is shown with whom it is under, what would be run, what it may use, and what a version changed', async () => {
  const hire = { name: 'Nova', adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', 'lamp'], env: { KEY: 'hunter2' } }, capabilities: 'Draws', budget: { metric: 'BILLED_COST', amount: '20000000' } };
  const asked = await data<{ id: string }>('approval', 'request', 'Hire Nova', '--body', 'We need drawings.\nMany.', '--hire', JSON.stringify(hire));
  const first = (await boardroom('approval', 'show', asked.id)).stdout;
  expect(first).toMatch(/agent +Nova, GENERAL, PENDING_APPROVAL\n.*reports to +the board\n.*can +Draws\n.*runs +process \{.*"args":\["-c","lamp"\].*\n.*wakes +when asked\n.*at once +20 runs\n.*budget +\$20\.00 billed a month/);
  expect(first).not.toContain('changed in version');
  expect((await boardroom('approval', 'list')).stdout).toMatch(/HIRE_AGENT +PENDING +Board +\d{4}-\d\d-\d\dT\S+ +Hire Nova/);
  expect(await boardroom('agent', 'resume', 'Nova')).toMatchObject({ code: 1, stderr: expect.stringContaining('the board decides its approval first') });
  await boardroom('approval', 'revise', asked.id, 'Cheaper');
  await boardroom('approval', 'resubmit', asked.id, '--body', 'We need drawings.\nA few.', '--hire', '{"adapterConfig": {"command": "sh", "args": ["-c", "rm"], "env": {"KEY": "hunter3"}}, "budget": {"metric": "BILLED_COST", "amount": "5000000"}}');
  const second = (await boardroom('approval', 'show', asked.id)).stdout;
  expect(second).toMatch(/changed in version 2 by Board/);
  for (const line of ['hire.adapterConfig.args: ["-c","lamp"] -> ["-c","rm"]', 'hire.adapterConfig.env.KEY: ••• -> •••', 'hire.budget.amount: 20000000 -> 5000000', '-Many.', '+A few.']) expect(second).toContain(`  ${line}\n`);
  expect(second).not.toMatch(/hunter/);
});

test('an agent is ended for good only where that is meant', async () => {
  expect(await boardroom('agent', 'terminate', 'Ada')).toMatchObject({ code: 2, stderr: expect.stringContaining('boardroom agent pause') });
  expect((await boardroom('issue', 'create', 'Draw the lamp', '--assignee', 'Ada', '--status', 'backlog')).code).toBe(0);
  expect((await boardroom('agent', 'terminate', 'Ada', '--yes')).stdout).toBe('Ada is TERMINATED; left with it: 1 open issue\n');
  expect(await boardroom('agent', 'resume', 'Ada')).toMatchObject({ code: 1, stderr: expect.stringContaining('that is final, hire another in its place') });
  expect((await boardroom('agent', 'list')).stdout).not.toContain('Ada');
});

test('agents do none of it by their key', async () => {
  const { company } = await ask<{ company: { agents: { nodes: { id: string; name: string }[] } } }>(live.address, '{ company(ref: "ACME") { agents { nodes { id name } } } }');
  const agentId = company.agents.nodes.find(({ name }) => name === 'Once')?.id;
  const { createAgentKey: { secret } } = await ask<{ createAgentKey: { secret: string } }>(live.address, 'mutation($input: CreateAgentKeyInput!) { createAgentKey(input: $input) { secret } }', { input: { agentId, name: 'k' } });
  for (const words of [['pause', 'Juno'], ['resume', 'Juno'], ['terminate', 'Juno', '--yes'], ['hire', 'X', '--adapter', 'process', '--config', '{"command": "true"}']]) {
    expect(await boardroom('agent', ...words, '--api-key', secret), words[0]).toMatchObject({ code: 1, stderr: expect.stringContaining('FORBIDDEN') });
  }
});
