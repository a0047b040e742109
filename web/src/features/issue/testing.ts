import type { IssueLineFragment } from '../../graphql/generated/graphql.ts';

/** An issue as a list shows it, for tests. */
export function issueLine(part: Partial<IssueLineFragment> & { id: string }): IssueLineFragment {
  return {
    __typename: 'Issue', identifier: `HAL-${part.id}`, title: `Issue ${part.id}`, status: 'TODO', priority: 'MEDIUM', updatedAt: '2026-11-20T12:00:00.000Z',
    assignee: { id: 'a1', name: 'Brick', status: 'IDLE' }, assigneeUser: null, project: null, labels: [], nextStep: { text: 'Brick starts.', stalled: false }, liveRuns: [],
    cost: { costMicros: '0' }, ...part,
  } as IssueLineFragment;
}
