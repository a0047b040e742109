import { expect, test } from 'vitest';
import { addWake, INLINE, mergePayloads, type StoredWake } from './payload.ts';

const wakesOf = (context: unknown) => (context as { wakes: StoredWake[] }).wakes;
const bodies = (wakes: StoredWake[]) => wakes.flatMap(({ payload }) => [...((payload['comments'] as { body?: string }[] | undefined) ?? []).map((each) => each.body), payload['body'] as string | undefined]).filter((body) => body !== undefined);

test('a later payload counts, and no comment of the earlier is lost', () => {
  const first = { commentId: '1', body: 'one', from: 'TODO' };
  const merged = mergePayloads(first, { commentId: '2', body: 'two' });
  expect(merged).toEqual({ commentId: '2', body: 'two', from: 'TODO', comments: [{ commentId: '1', body: 'one' }, { commentId: '2', body: 'two' }] });
  expect(mergePayloads(merged, { children: [] })).toMatchObject({ commentId: '2', children: [], comments: [{ commentId: '1' }, { commentId: '2' }] });
  expect(mergePayloads({}, { note: 'x' })).toEqual({ note: 'x' });
});

test('merged again and again, only the newest eight keep their words, and 12,000 characters at most', () => {
  let payload: Parameters<typeof mergePayloads>[0] = {};
  for (let i = 0; i < 30; i += 1) payload = mergePayloads(payload, { commentId: `${i}`, body: 'x'.repeat(3_000) });
  const comments = payload['comments'] as { commentId: string; body?: string }[];
  expect(comments).toHaveLength(30);
  expect(comments.filter((each) => each.body).map((each) => each.commentId)).toEqual(['26', '27', '28', '29']);
});

test('a run’s wakes keep to the limits together', () => {
  let context: Parameters<typeof addWake>[0] = {};
  for (let i = 0; i < 25; i += 1) context = addWake(context, { reason: 'issue_commented', source: 'AUTOMATION', payload: { commentId: `${i}`, body: `${i}:`.padEnd(500, 'x') } }) as never;
  const wakes = wakesOf(context);
  expect(wakes).toHaveLength(20);
  expect(bodies(wakes)).toHaveLength(INLINE.comments);
  expect(wakes[0]?.payload).toEqual({ commentId: '5' });
  let long: Parameters<typeof addWake>[0] = {};
  for (let i = 0; i < 8; i += 1) long = addWake(long, { reason: 'issue_commented', source: 'AUTOMATION', payload: { commentId: `${i}`, body: 'x'.repeat(10_000) } }) as never;
  expect(bodies(wakesOf(long)).map((body) => (body as string).length)).toEqual([4_000, 4_000, 4_000]);
});

test('what else the context holds stays', () => {
  expect(addWake({ lane: 'CHEAP' }, { reason: 'manual', source: 'ON_DEMAND' })).toEqual({ lane: 'CHEAP', wakes: [{ reason: 'manual', source: 'ON_DEMAND', payload: {} }] });
});
