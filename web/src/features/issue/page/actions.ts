import { paths } from '../../../app/company.ts';
import { mutate } from '../../../graphql/mutate.ts';
import { sentence } from '../../../ui/failure.ts';
import { duration } from '../../../ui/format.ts';
import { toast } from '../../../ui/toast.ts';
import { CheckoutIssue, ForceReleaseIssue, SetBlockers } from './queries.ts';

interface Named {
  id: string;
  identifier: string;
}

const prefixOf = (identifier: string): string => identifier.slice(0, identifier.lastIndexOf('-'));

/** Gives the issue to its agent's running run; a refusal says who has it and since when. */
export async function checkOut(issue: Named, agent: { id: string; name: string }): Promise<void> {
  const outcome = await mutate(CheckoutIssue, { input: { issueId: issue.id, agentId: agent.id } });
  if (outcome.failure) {
    toast.error(`${issue.identifier} was not checked out`, outcome.failure.message);
    return;
  }
  const result = outcome.data.checkoutIssue;
  switch (result.__typename) {
    case 'Issue':
      toast.show({ title: `${agent.name} has ${issue.identifier}`, tone: 'ok', icon: 'lock', key: `refusal:${issue.identifier}` });
      return;
    case 'IssueHeld': {
      const { holder } = result;
      const since = holder?.startedAt ? ` In progress for ${duration(Date.now() - Date.parse(holder.startedAt))}, run ${holder.number} is live.` : '';
      toast.refusal(
        {
          issue: issue.identifier,
          agent: holder?.agent.name ?? result.assignee?.name ?? null,
          run: holder ? { number: holder.number, href: paths.run(prefixOf(issue.identifier), holder.number) } : null,
        },
        `Checkout refused: ${sentence(result.message)}${since}`,
      );
      return;
    }
    case 'IssueBlocked': {
      const first = result.blockers[0];
      toast.refusal({ issue: issue.identifier, agent: null }, sentence(result.message), first ? [{ label: `Open ${first.identifier}`, href: paths.issue(first.identifier) }] : []);
      return;
    }
    case 'SubtreeHeld': {
      const root = result.hold?.root;
      toast.refusal({ issue: issue.identifier, agent: null }, sentence(result.message), root && root.identifier !== issue.identifier ? [{ label: `Open ${root.identifier}`, href: paths.issue(root.identifier) }] : []);
      return;
    }
    case 'BudgetExceeded':
    case 'IssueNotReady':
      toast.refusal({ issue: issue.identifier, agent: null }, sentence(result.message));
  }
}

/** Takes the lock away from the run that has it. True where that worked. */
export async function forceRelease(issue: Named, clearAssignee: boolean): Promise<boolean> {
  const { failure } = await mutate(ForceReleaseIssue, { input: { issueId: issue.id, clearAssignee } });
  if (failure) toast.error(`${issue.identifier} was not released`, failure.message);
  else toast.show({ title: `${issue.identifier} is free`, tone: 'ok', icon: 'lock', key: `refusal:${issue.identifier}` });
  return !failure;
}

/** Replaces what must be done before the issue. */
export async function setBlockers(issue: Named, blockedByIds: string[]): Promise<void> {
  const { failure } = await mutate(SetBlockers, { input: { issueId: issue.id, blockedByIds } });
  if (failure) toast.error(`What blocks ${issue.identifier} was not changed`, failure.message);
}
