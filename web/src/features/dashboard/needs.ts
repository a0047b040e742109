import { paths } from '../../app/company.ts';
import type { DecisionState } from '../../ui/DecisionGlyph.tsx';
import type { IconName } from '../../ui/icons.ts';
import { runStatusLabel } from '../../ui/RunGlyph.tsx';
import { sentence } from '../../ui/failure.ts';
import type { IssueStatus, NeedsYouQuery, Priority, RunStatus } from '../../graphql/generated/graphql.ts';

export interface Need {
  key: string;
  glyph: { run: RunStatus } | { issue: IssueStatus } | { icon: IconName } | { decision: DecisionState };
  title: string;
  id: string | null;
  /** What is the matter and what would help. */
  why: string;
  verb: string;
  href: string;
}

const weight: Record<Priority, number> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 };

/** Most urgent first: who was paused by a circuit breaker, what failed, what the board was asked or is to mend, what nothing moves, what was handed in. Work that is finished needs nobody. */
export function needsOf(company: NonNullable<NeedsYouQuery['company']> | undefined, prefix: string): Need[] {
  if (!company) return [];
  const tripped = company.breakers.nodes
    // Who is gone needs no reset.
    .filter((trip) => trip.agent.status !== 'TERMINATED')
    .map(
      (trip): Need => ({
        key: trip.id,
        glyph: { icon: 'pause' },
        title: `${trip.agent.name} is paused: ${trip.message.replace(/\.$/, '')}`,
        id: null,
        why: 'A circuit breaker tripped. It gets no run until you reset it.',
        verb: 'Open agent',
        href: paths.agent(prefix, trip.agent.id),
      }),
    );
  const seen = new Set<string>();
  const failures = company.dashboard.failedRuns
    .filter((run) => run.issue === null || (run.issue !== undefined && run.issue.status !== 'DONE' && run.issue.status !== 'CANCELLED'))
    // Several failures of one agent on one issue are one matter.
    .filter((run) => !seen.has(`${run.agent.id}/${run.issue?.id}`) && seen.add(`${run.agent.id}/${run.issue?.id}`))
    .map(
      (run): Need => ({
        key: run.id,
        glyph: { run: run.status },
        title: `${run.agent.name}: ${run.error ? sentence(run.error.message).replace(/\.$/, '') : runStatusLabel(run.status).toLowerCase()}`,
        id: run.issue?.identifier ?? null,
        why: run.error?.remedy ? sentence(run.error.remedy) : `Run ${run.number} ${runStatusLabel(run.status).toLowerCase()}${run.error ? `, ${run.error.code.toLowerCase().replaceAll('_', ' ')}` : ''}.`,
        verb: 'Open run',
        href: paths.run(prefix, run.number),
      }),
    );
  const failing = new Set(company.dashboard.failedRuns.map((run) => run.issue?.id));
  const issueNeed = (issue: (typeof company.review.nodes)[number], verb: string): Need => ({
    key: issue.id,
    glyph: { issue: issue.status },
    title: issue.title,
    id: issue.identifier,
    why: issue.nextStep.text,
    verb,
    href: paths.issue(issue.identifier),
  });
  const byWeight = (a: { priority: Priority }, b: { priority: Priority }) => weight[a.priority] - weight[b.priority];
  // What is to be approved and what a budget stops are told from elsewhere, with their own words.
  const forBoard = ({ liveness }: (typeof company.waiting.nodes)[number]) => liveness.mover === 'BOARD' && (liveness.interactionId !== null || liveness.recoveryId !== null);
  const asked = company.waiting.nodes.filter((issue) => forBoard(issue) && !failing.has(issue.id)).toSorted(byWeight);
  const stalled = company.waiting.nodes.filter((issue) => issue.nextStep.stalled && !failing.has(issue.id)).toSorted(byWeight);
  const review = company.review.nodes.toSorted(byWeight);
  const verbOf = (issue: (typeof stalled)[number]) => (issue.status === 'BLOCKED' ? 'Unblock' : issue.status === 'TODO' && !issue.assignee ? 'Assign' : 'Open');
  const askedVerb = (issue: (typeof asked)[number]) => (issue.liveness.interactionId === null ? 'Decide' : 'Answer');
  return [
    ...tripped,
    ...failures,
    ...asked.map((issue) => issueNeed(issue, askedVerb(issue))),
    ...stalled.map((issue) => issueNeed(issue, verbOf(issue))),
    ...review.map((issue) => issueNeed(issue, 'Review')),
  ];
}
