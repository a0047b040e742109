import { fileURLToPath } from 'node:url';
import { ask } from '../../e2e/support/boardroom.ts';

export const printer = fileURLToPath(new URL('../agents/print.ts', import.meta.url));

/** A company with agents that run a command, on a Boardroom that runs. */
export async function makeCompany(address: string): Promise<string> {
  const { createCompany } = await ask<{ createCompany: { id: string } }>(address, 'mutation { createCompany(input: { name: "Bench" }) { id } }');
  // A bench is a loop that runs away, and is meant to be.
  await ask(address, 'mutation ($input: SetBreakersInput!) { setBreakers(input: $input) { effective { runsPerHour } } }', { input: { companyId: createCompany.id, runsPerHour: 0, runsPerDay: 0 } });
  return createCompany.id;
}

export async function hire(address: string, companyId: string, command: string, args: string[]): Promise<string> {
  const input = { companyId, name: `Agent ${command} ${args.join(' ')}`.slice(0, 100), adapterType: 'process', adapterConfig: { command, args } };
  const { createAgent } = await ask<{ createAgent: { id: string } }>(address, 'mutation ($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input });
  return createAgent.id;
}

export interface Woken {
  runId: string;
  /** The wall clock when the wish was sent, and how long its answer took. */
  sentAtMs: number;
  acknowledgedMs: number;
}

/** Wakes an agent for nothing in particular. */
export async function wake(address: string, agentId: string): Promise<Woken> {
  const sentAtMs = Date.now();
  const start = performance.now();
  const query = 'mutation ($input: WakeAgentInput!) { wakeAgent(input: $input) { ... on Wakeup { run { id } } ... on WakeRefused { reason } } }';
  const { wakeAgent } = await ask<{ wakeAgent: { run?: { id: string }; reason?: string } }>(address, query, { input: { agentId } });
  if (!wakeAgent.run) throw new Error(`the agent was not woken: ${wakeAgent.reason}`);
  return { runId: wakeAgent.run.id, sentAtMs, acknowledgedMs: performance.now() - start };
}

export interface EndedRun {
  status: string;
  logTail: string;
  finishedAt: string | null;
}

export async function runOf(address: string, id: string): Promise<EndedRun> {
  const { run } = await ask<{ run: EndedRun }>(address, 'query ($id: ID!) { run(id: $id) { status logTail finishedAt } }', { id });
  return run;
}
