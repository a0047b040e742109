import { ask } from '../ask.ts';
import { choose, count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { AgentRole, CreateAgentInput } from '../generated/graphql.ts';
import { readObject } from '../json-input.ts';
import { plain } from '../print.ts';
import { agentId, companyId } from '../refs.ts';

const HireAgentMutation = graphql(`
  mutation HireAgent($input: CreateAgentInput!) {
    createAgent(input: $input) { id name role title status adapterType adapterConfig maxConcurrentRuns manager { id name } heartbeat { enabled intervalSec } }
  }
`);
const roles = ['CEO', 'CTO', 'CMO', 'CFO', 'SECURITY', 'ENGINEER', 'DESIGNER', 'PM', 'QA', 'DEVOPS', 'RESEARCHER', 'GENERAL'] as const satisfies AgentRole[];

export const command = defineCommand({
  usage: 'agent hire NAME --adapter TYPE [--config JSON | --file PATH]',
  about: 'Hires an agent at once: the board, and agents that may. Who may not asks for it: boardroom approval request TITLE --hire JSON.',
  args: 1,
  flags: {
    adapter: { type: 'string', value: 'TYPE', about: 'how it is run: process, http, claude' },
    config: { type: 'string', value: 'JSON', about: 'settings of the adapter, such as {"command": "sh", "args": ["work.sh"]}; - reads standard input' },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read them from a file' },
    role: { type: 'string', about: `${roles.join(', ')}; GENERAL when absent` },
    title: { type: 'string', about: 'its title, in words' },
    can: { type: 'string', value: 'TEXT', about: 'what it can do, for colleagues who delegate' },
    manager: { type: 'string', value: 'NAME', about: 'whom it reports to' },
    heartbeat: { type: 'string', value: 'SECONDS', about: 'have it wake by itself so often, 30 or more; off when absent' },
    'at-once': { type: 'string', value: 'N', about: 'runs at once, 1 to 50; 20 when absent' },
    key: { type: 'string', value: 'KEY', about: 'asked again with the same key, it is one agent' },
  },
  async run({ settings, flags, args, show }) {
    const [name] = args;
    if (!name) throw new UsageError('say what it is called');
    if (!flags.adapter) throw new UsageError('say how it is run: --adapter process, http or claude');
    const input: CreateAgentInput = { companyId: await companyId(settings), name, adapterType: flags.adapter };
    if (flags.config !== undefined || flags.file !== undefined) input.adapterConfig = await readObject(flags.config, flags.file, 'settings of the adapter');
    if (flags.role) input.role = choose('--role', roles, flags.role);
    if (flags.title) input.title = flags.title;
    if (flags.can) input.capabilities = flags.can;
    if (flags.manager) input.managerId = await agentId(settings, flags.manager);
    if (flags.heartbeat) input.heartbeat = { enabled: true, intervalSec: count('--heartbeat', flags.heartbeat) };
    if (flags['at-once']) input.maxConcurrentRuns = count('--at-once', flags['at-once']);
    if (flags.key) input.idempotencyKey = flags.key;
    const { createAgent: agent } = await ask(settings, HireAgentMutation, { input });
    show(agent, () => `${plain(agent.name)} is hired${agent.manager ? `, reports to ${plain(agent.manager.name)}` : ''}  ${agent.id}`);
  },
});
