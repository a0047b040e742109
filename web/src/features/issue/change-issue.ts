import { paths } from '../../app/company.ts';
import { graphql } from '../../graphql/generated/gql.ts';
import { mutate } from '../../graphql/mutate.ts';
import { sentence } from '../../ui/failure.ts';
import { duration } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';
import type { UpdateIssueInput } from '../../graphql/generated/graphql.ts';

const ChangeIssue = graphql(`
  mutation ChangeIssue($input: UpdateIssueInput!) {
    updateIssue(input: $input) {
      __typename
      ... on Issue {
        id
        title
        description
        status
        priority
        updatedAt
        assignee {
          id
          name
          status
        }
        assigneeUser {
          id
          name
        }
        project {
          id
          name
          color
        }
        labels {
          id
          name
          color
        }
        nextStep {
          text
          stalled
        }
      }
      ... on IssueHeld {
        message
        holder {
          id
          number
          startedAt
          agent {
            id
            name
          }
        }
        assignee {
          id
          name
        }
      }
      ... on IssueBlocked {
        message
        blockers {
          id
          identifier
          title
          status
        }
      }
    }
  }
`);

/** Changes an issue. Where the server declines, says who or what stands in the way; true where it agreed. */
export async function changeIssue(issue: { id: string; identifier: string }, change: Omit<UpdateIssueInput, 'issueId'>): Promise<boolean> {
  const outcome = await mutate(ChangeIssue, { input: { issueId: issue.id, ...change } });
  if (outcome.failure) {
    toast.error(`${issue.identifier} was not changed`, `${outcome.failure.message} Your change was put back.`, `refusal:${issue.identifier}`);
    return false;
  }
  const result = outcome.data.updateIssue;
  if (result.__typename === 'Issue') return true;
  const prefix = issue.identifier.slice(0, issue.identifier.lastIndexOf('-'));
  if (result.__typename === 'IssueBlocked') {
    const blocker = result.blockers[0];
    toast.refusal({ issue: issue.identifier, agent: null }, sentence(result.message), blocker ? [{ label: `Open ${blocker.identifier}`, href: paths.issue(blocker.identifier) }] : []);
    return false;
  }
  const { holder } = result;
  const since = holder?.startedAt ? ` In progress for ${duration(Date.now() - Date.parse(holder.startedAt))}, run ${holder.number} is live.` : '';
  toast.refusal(
    { issue: issue.identifier, agent: holder?.agent.name ?? result.assignee?.name ?? null, run: holder ? { number: holder.number, href: paths.run(prefix, holder.number) } : null },
    `${sentence(result.message)}${since}`,
  );
  return false;
}
