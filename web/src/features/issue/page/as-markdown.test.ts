import { expect, test } from 'vitest';
import { asMarkdown } from './as-markdown.ts';
import type { IssueDetail } from './issue.ts';

test('title, facts, words, sub-issues and thread, in this order', () => {
  const issue = {
    identifier: 'HAL-3', title: 'Normalise', status: 'IN_PROGRESS', priority: 'HIGH', assignee: { name: 'Brick' }, assigneeUser: null, description: 'Do it.',
    children: { nodes: [{ identifier: 'HAL-5', title: 'One', status: 'DONE' }, { identifier: 'HAL-6', title: 'Two', status: 'TODO' }] },
    comments: { nodes: [{ author: { name: 'Mira' }, createdAt: '2026-01-01T10:00:00Z', body: 'Fine.' }] },
  } as unknown as IssueDetail;
  expect(asMarkdown(issue)).toBe(
    '# HAL-3 Normalise\n\nIn progress, High, Brick\n\nDo it.\n\n- [x] HAL-5 One\n- [ ] HAL-6 Two\n\n### Mira, 2026-01-01T10:00:00Z\n\nFine.\n',
  );
});
