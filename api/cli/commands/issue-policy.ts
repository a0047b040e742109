import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { PolicyStageInput, PolicyStageType } from '../generated/graphql.ts';
import { columns, dim, plain } from '../print.ts';
import { agentId, issueRef } from '../refs.ts';
import type { Settings } from '../settings.ts';

const IssuePolicyQuery = graphql(`
  query IssuePolicy($ref: String!) {
    viewer { user { id } }
    issue(ref: $ref) {
      id
      policy {
        stages { id type participants { __typename ... on User { name } ... on Agent { name } ... on System { name } } }
        pendingStage { id }
        participant { __typename ... on User { name } ... on Agent { name } ... on System { name } }
      }
      policyDecisions(first: 100) { nodes { stageType outcome comment createdAt actor { __typename ... on User { name } ... on Agent { name } ... on System { name } } } }
    }
  }
`);
const SetIssuePolicyMutation = graphql(`
  mutation SetIssuePolicy($input: SetIssuePolicyInput!) {
    setIssuePolicy(input: $input) {
      __typename
      ... on Issue { id }
      ... on Conflict { ...ConflictParts }
    }
  }
`);

export const command = defineCommand({
  usage: 'issue policy [ISSUE] [--stage review=NAME,… --stage approval=NAME,… | --none]',
  about: 'Shows or says who must look at an issue before it is done, stage by stage. NAME is an agent, or board for yourself on the board.',
  args: 1,
  flags: {
    stage: { type: 'string', multiple: true, value: 'TYPE=NAME,…', about: 'review or approval, and who can give it; the first who can is asked' },
    none: { type: 'boolean', about: 'nobody must' },
  },
  async run({ settings, flags, args, show }) {
    if (flags.stage && flags.none) throw new UsageError('--stage and --none exclude each other');
    const ref = issueRef(settings, args[0]);
    const read = async () => {
      const found = await ask(settings, IssuePolicyQuery, { ref });
      if (!found.issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
      return { issue: found.issue, userId: found.viewer.user?.id };
    };
    const { userId, ...first } = await read();
    let { issue } = first;
    if (flags.stage || flags.none) {
      const stages = await Promise.all((flags.stage ?? []).map((text) => stage(settings, text, userId)));
      orConflict((await ask(settings, SetIssuePolicyMutation, { input: { issueId: issue.id, stages } })).setIssuePolicy, 'Issue');
      ({ issue } = await read());
    }
    const { policy, policyDecisions } = issue;
    show({ policy, policyDecisions }, () => {
      if (!policy) return dim('nobody must look at it');
      const stages = policy.stages.map(({ id, type, participants }) => [type, participants.map(({ name }) => plain(name)).join(', '), id === policy.pendingStage?.id ? `waits for ${plain(policy.participant?.name ?? '')}` : '']);
      const decided = policyDecisions.nodes.map(({ stageType, outcome, actor, comment }) => [stageType, plain(actor.name), `${outcome}: ${plain(comment)}`]);
      return columns([...stages, ...decided]);
    });
  },
});

async function stage(settings: Settings, text: string, userId: string | undefined): Promise<PolicyStageInput> {
  const match = /^(review|approval)=(.+)$/i.exec(text);
  if (!match?.[1] || !match[2]) throw new UsageError(`a stage is review=NAME,… or approval=NAME,…, not ${text}`);
  const participants = match[2].split(',').map(async (name) => {
    if (name.trim().toLowerCase() !== 'board') return { agentId: await agentId(settings, name.trim()) };
    if (!userId) throw new UsageError('only somebody of the board can name the board');
    return { userId };
  });
  return { type: match[1].toUpperCase() as PolicyStageType, participants: await Promise.all(participants) };
}
