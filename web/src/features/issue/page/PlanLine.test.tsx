import { expect, test } from 'vitest';
import { draw } from '../../../ui/testing.tsx';
import type { IssueDetail } from './issue.ts';
import { PlanLine } from './PlanLine.tsx';

const decomposition = (more: object) => ({ id: 'd', status: 'COMPLETED', childCount: 3, revision: { id: 'r', number: 2 }, children: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], ...more }) as IssueDetail['decompositions'][number];

test('how many are made, and whether that is all', () => {
  const drawn = draw(() => <PlanLine decompositions={[decomposition({}), decomposition({ id: 'e', status: 'IN_FLIGHT', revision: null, children: [{ id: 'a' }] })]} />);
  expect([...drawn.querySelectorAll('p')].map((line) => line.textContent?.trim())).toEqual([
    'The plan, revision 2: 3 of 3 sub-issues made, complete.', 'The plan: 1 of 3 sub-issues made, the others are to follow.',
  ]);
});
