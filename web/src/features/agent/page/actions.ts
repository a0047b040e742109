import { mutate } from '../../../graphql/mutate.ts';
import { toast } from '../../../ui/toast.ts';
import { PauseAgent, ResumeAgent, TerminateAgent } from './queries.ts';

interface Named {
  id: string;
  name: string;
}

export async function pause(agent: Named, cancelRuns: boolean): Promise<void> {
  const { failure } = await mutate(PauseAgent, { input: { agentId: agent.id, cancelRuns } });
  if (failure) toast.error(`${agent.name} was not paused`, failure.message);
  else toast.show({ title: `${agent.name} is paused`, detail: 'Nothing wakes it until it is resumed.', icon: 'pause', tone: 'ok', key: `agent:${agent.id}` });
}

export async function resume(agent: Named): Promise<void> {
  const { failure } = await mutate(ResumeAgent, { input: { agentId: agent.id } });
  if (failure) toast.error(`${agent.name} was not resumed`, failure.message);
  else toast.show({ title: `${agent.name} may work again`, icon: 'play', tone: 'ok', key: `agent:${agent.id}` });
}

export async function terminate(agent: Named): Promise<boolean> {
  const { failure } = await mutate(TerminateAgent, { input: { agentId: agent.id } });
  if (failure) toast.error(`${agent.name} was not terminated`, failure.message);
  return !failure;
}
