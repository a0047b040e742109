import { fileURLToPath } from 'node:url';
import { ask } from '../cli/ask.ts';
import { graphql } from '../cli/generated/gql.ts';
import type { DemoAgentFragment } from '../cli/generated/graphql.ts';
import type { Settings } from '../cli/settings.ts';
import { staff } from './company.ts';
import type { Hire } from './company.ts';

const StaffQuery = graphql(`
  query DemoStaff($company: String!) {
    company(ref: $company) {
      agents(first: 100) { nodes { ...DemoAgent } }
    }
  }
`);
export const DemoAgent = graphql(`
  fragment DemoAgent on Agent { id name status adapterType adapterConfig }
`);
const HireMutation = graphql(`
  mutation DemoHire($input: CreateAgentInput!) {
    createAgent(input: $input) { ...DemoAgent }
  }
`);
const MoveDeskMutation = graphql(`
  mutation DemoMoveDesk($input: UpdateAgentInput!) {
    updateAgent(input: $input) { ...DemoAgent }
  }
`);

export interface Desk {
  folder: string;
  /** Without pauses, for tests. */
  fast: boolean;
}

/** Hires whoever is missing; returns the id of the one who leads, and of the one whose work has a budget. */
export async function hireStaff(settings: Settings, companyId: string, desk: Desk): Promise<{ leaderId: string; limitedId: string }> {
  const found = await ask(settings, StaffQuery, { company: companyId });
  const there = found.company?.agents.nodes ?? [];
  const [leader, ...others] = staff;
  const managerId = await hire(settings, companyId, leader, desk, there, null);
  let limitedId = managerId;
  for (const other of others) {
    const id = await hire(settings, companyId, other, desk, there, managerId);
    if (other.isLimited) limitedId = id;
  }
  return { leaderId: managerId, limitedId };
}

async function hire(
  settings: Settings, companyId: string, { script, name, role, title, capabilities }: Hire, desk: Desk, there: DemoAgentFragment[], managerId: string | null,
): Promise<string> {
  const path = fileURLToPath(new URL(`agents/${script}`, import.meta.url));
  const adapterConfig = { command: process.execPath, args: [path, ...(desk.fast ? ['--fast'] : [])], cwd: desk.folder };
  const present = there.find(({ name: its }) => its === name);
  if (!present) {
    const input = { name, role, title, capabilities, companyId, managerId, adapterType: 'process', adapterConfig };
    return (await ask(settings, HireMutation, { input }, { once: true })).createAgent.id;
  }
  if (isOurs(present, script) && !same(present.adapterConfig, adapterConfig)) {
    await ask(settings, MoveDeskMutation, { input: { agentId: present.id, adapterConfig } });
  }
  return present.id;
}

/** An agent that somebody has given another mind since is left alone. */
function isOurs({ adapterType, adapterConfig, status }: DemoAgentFragment, script: string): boolean {
  const { args } = adapterConfig as { args?: string[] };
  return adapterType === 'process' && status !== 'TERMINATED' && Boolean(args?.[0]?.endsWith(`/api/demo/agents/${script}`));
}

/** Whether the folder, the program and its arguments are where they were: Boardroom may have been moved. */
function same(stored: unknown, wanted: Record<string, unknown>): boolean {
  const config = stored as Record<string, unknown>;
  return Object.entries(wanted).every(([key, value]) => JSON.stringify(config[key]) === JSON.stringify(value));
}
