import { MemoryRouter, Route } from '@solidjs/router';
import { beforeEach, expect, test, vi } from 'vitest';
import type { AnnotationThreadFragment } from '../../../graphql/generated/graphql.ts';
import { draw, only, type as write } from '../../../ui/testing.tsx';
import { StartThread } from './StartThread.tsx';
import { standingOf } from './standing.ts';
import { ThreadCard } from './ThreadCard.tsx';

const mutate = vi.hoisted(() => vi.fn());
vi.mock('../../../graphql/mutate.ts', () => ({ mutate, idempotencyKey: () => 'key' }));
beforeEach(() => mutate.mockReset());

const thread = (more: Partial<AnnotationThreadFragment> = {}): AnnotationThreadFragment =>
  ({
    id: 't', status: 'OPEN', anchorState: 'ACTIVE', confidence: 'EXACT', quote: 'Then cut.', place: { text: 'Then cut.' }, resolvedAt: null, resolvedBy: null,
    comments: { nodes: [{ id: 'c', body: 'Which saw?', createdAt: '2026-01-01T00:00:00Z', author: { __typename: 'User', id: 'u', name: 'Board' }, run: null }], pageInfo: { hasNextPage: false } }, ...more,
  }) as AnnotationThreadFragment;
const button = (name: string) => {
  const found = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);
  if (!found) throw new Error(`there is no button ${name}`);
  return found;
};
const show = (what: AnnotationThreadFragment, onChanged = () => undefined) =>
  draw(() => (
    <MemoryRouter>
      <Route path="*" component={() => <ThreadCard thread={what} prefix="HAL" disabled={false} onChanged={onChanged} />} />
    </MemoryRouter>
  ));

test('where a thread stands is said in words', () => {
  expect(standingOf(thread()).text).toBe('Exact');
  expect(standingOf(thread({ anchorState: 'STALE', confidence: 'FUZZY', place: { text: 'Then saw.' } as never }))).toEqual({ text: 'Stale: it reads “Then saw.” now', isDoubtful: true });
  expect(standingOf(thread({ anchorState: 'STALE', confidence: 'AMBIGUOUS' })).text).toContain('another passage');
  expect(standingOf(thread({ anchorState: 'ORPHANED', confidence: 'MISSING', place: null })).text).toBe('Orphaned: this passage is gone');
});

test('an open thread is resolved, a resolved one reopened', async () => {
  mutate.mockResolvedValue({ failure: null, data: {} });
  const changed = vi.fn();
  show(thread(), changed);
  button('Resolve').click();
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
  expect(mutate.mock.calls[0]?.[1]).toEqual({ input: { threadId: 't' } });
  document.body.replaceChildren();
  show(thread({ status: 'RESOLVED', resolvedAt: '2026-01-01T00:00:00Z', resolvedBy: { __typename: 'User', id: 'u', name: 'Ada' } as never }));
  expect(document.body.textContent).toContain('Resolved by Ada');
  expect(button('Reopen').disabled).toBe(false);
});

test('a reply that was refused stays where it was written', async () => {
  mutate.mockResolvedValue({ failure: { message: 'The company is archived.' }, data: null });
  const changed = vi.fn();
  show(thread(), changed);
  button('Reply').click();
  expect(button('Send reply').disabled).toBe(true);
  write(only<HTMLTextAreaElement>('textarea'), 'The small one');
  button('Send reply').click();
  await vi.waitFor(() => expect(only('[role=alert]').textContent).toContain('The company is archived.'));
  expect(mutate.mock.calls[0]?.[1]).toEqual({ input: { threadId: 't', body: 'The small one', idempotencyKey: 'key' } });
  expect(only<HTMLTextAreaElement>('textarea').value).toBe('The small one');
  expect(changed).not.toHaveBeenCalled();
});

test('words that stand several times are said to, and go with their position', async () => {
  mutate.mockResolvedValue({ failure: null, data: { createAnnotation: { __typename: 'DocumentOutdated', message: 'there is a newer revision: the passage may have moved' } } });
  const anchor = { normalizedStart: 5, normalizedEnd: 14, markdownStart: 8, markdownEnd: 17 };
  draw(() => <StartThread documentId="d" revisionId="r" passage={{ quote: 'Then cut.', prefix: '', suffix: '', anchor, times: 2 }} onDone={() => undefined} onClose={() => undefined} />);
  expect(document.body.textContent).toContain('stand 2 times');
  write(only<HTMLTextAreaElement>('textarea'), 'Which saw?');
  button('Start thread').click();
  await vi.waitFor(() => expect(only('[role=alert]').textContent).toContain('newer revision'));
  expect(mutate.mock.calls[0]?.[1].input).toMatchObject({ documentId: 'd', baseRevisionId: 'r', position: anchor, body: 'Which saw?' });
});
