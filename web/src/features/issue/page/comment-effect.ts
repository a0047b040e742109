import type { IssueDetail } from './issue.ts';

type Facts = Pick<IssueDetail, 'status' | 'assignee'> & {
  liveRuns: readonly Pick<IssueDetail['liveRuns'][number], 'status' | 'agent'>[];
  blockedBy: readonly Pick<IssueDetail['blockedBy'][number], 'status'>[];
};

/** What a person's comment will set in motion, as the server's gates would have it (schema/wake/rules.ts). */
export function effectOf({ status, assignee, liveRuns, blockedBy }: Facts): string {
  const finished = status === 'DONE' || status === 'CANCELLED';
  if (!assignee) return finished ? 'It stays finished: nobody is assigned.' : 'Nobody is woken by it.';
  const { name } = assignee;
  if (assignee.status === 'TERMINATED') return `${name} was terminated and is not woken.`;
  if (assignee.status === 'PAUSED') return finished ? `This reopens it; ${name} is paused and is not woken.` : `${name} is paused and is not woken.`;
  if (finished) return `This reopens it and wakes ${name}.`;
  if (status === 'BACKLOG') return 'Nobody is woken by it.';
  if (blockedBy.some((blocker) => blocker.status !== 'DONE')) return `It is blocked, so ${name} is not woken yet.`;
  const running = liveRuns.find((run) => run.status === 'RUNNING');
  if (running) return `${running.agent.name} is running, so it is read when the run ends.`;
  return `${name} wakes and reads it.`;
}
