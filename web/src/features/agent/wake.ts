import { paths } from '../../app/company.ts';
import { graphql } from '../../graphql/generated/gql.ts';
import { mutate } from '../../graphql/mutate.ts';
import { sentence } from '../../ui/failure.ts';
import { toast } from '../../ui/toast.ts';

const WakeAgent = graphql(`
  mutation WakeAgent($input: WakeAgentInput!) {
    wakeAgent(input: $input) {
      __typename
      ... on Wakeup { id status skipReason run { id number status } }
      ... on WakeRefused { message reason }
    }
  }
`);

/** Wakes an agent, for an issue or as it is; says what came of it. */
export async function wake(agent: { id: string; name: string }, prefix: string, issue?: { id: string }): Promise<void> {
  const outcome = await mutate(WakeAgent, { input: { agentId: agent.id, ...(issue ? { issueId: issue.id } : {}) } });
  if (outcome.failure) {
    toast.error(`${agent.name} was not woken`, outcome.failure.message);
    return;
  }
  const result = outcome.data.wakeAgent;
  if (result.__typename === 'WakeRefused') {
    toast.show({ title: `${agent.name} was not woken`, detail: sentence(result.message), tone: 'bad', icon: 'lock', key: `wake:${agent.id}` });
    return;
  }
  const waits = result.status === 'DEFERRED';
  toast.show({
    title: waits ? `${agent.name} is woken when the run on it ends` : `${agent.name} is woken`,
    detail: result.run ? `Run ${result.run.number} ${result.run.status === 'RUNNING' ? 'is at work' : 'starts as soon as a worker is free'}.` : undefined,
    tone: 'ok',
    icon: 'play',
    key: `wake:${agent.id}`,
    ...(result.run ? { actions: [{ label: 'Open run', href: paths.run(prefix, result.run.number) }] } : {}),
  });
}
