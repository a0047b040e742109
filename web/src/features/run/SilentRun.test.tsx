import { MemoryRouter, Route } from '@solidjs/router';
import { beforeEach, expect, test, vi } from 'vitest';
import { draw, only } from '../../ui/testing.tsx';
import type { RunDetail } from './run.ts';
import { silenceOf, SilentRun } from './SilentRun.tsx';

const mutate = vi.hoisted(() => vi.fn());
vi.mock('../../graphql/mutate.ts', () => ({ mutate }));
beforeEach(() => mutate.mockReset());

const recovery = {
  id: 'x', kind: 'SILENT_RUN', priority: 'MEDIUM', nextAction: 'See whether it still works.', createdAt: '2026-01-01T00:00:00Z', snoozedUntilAt: null,
  ownerType: 'AGENT', ownerAgent: { id: 'b', name: 'Ada' }, ownerUser: null, run: { id: 'r' },
};
const run = (more: object = {}, about: object = {}) =>
  ({ id: 'r', status: 'RUNNING', issue: { id: 'i', identifier: 'HAL-1', recovery: { ...recovery, ...about } }, ...more }) as unknown as RunDetail;
const show = (what: RunDetail, onChanged = () => undefined) =>
  draw(() => (
    <MemoryRouter>
      <Route path="*" component={() => <SilentRun run={what} disabled={false} onChanged={onChanged} />} />
    </MemoryRouter>
  ));
const button = (name: string) => {
  const found = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);
  if (!found) throw new Error(`there is no button ${name}`);
  return found;
};

test('only its own silence, and only while it runs', () => {
  expect(silenceOf(run())?.id).toBe('x');
  expect(silenceOf(run({ status: 'CANCELLED' }))).toBeUndefined();
  expect(silenceOf(run({}, { run: { id: 'another' } }))).toBeUndefined();
  expect(silenceOf(run({}, { kind: 'STRANDED_ISSUE' }))).toBeUndefined();
  expect(silenceOf(run({ issue: null }))).toBeUndefined();
});

test.each([
  ['Snooze', 'SNOOZE'],
  ['Continue', 'CONTINUE'],
  ['Not a problem', 'DISMISSED_FALSE_POSITIVE'],
])('%s is %s', async (name, verdict) => {
  mutate.mockResolvedValue({ failure: null, data: {} });
  const changed = vi.fn();
  show(run(), changed);
  expect(only('section').textContent).toContain('Ada is to look: See whether it still works.');
  button(name).click();
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
  expect(mutate.mock.calls[0]?.[1]).toEqual({ input: { runId: 'r', verdict } });
});

test('a refusal is said where one pressed', async () => {
  mutate.mockResolvedValue({ failure: { message: 'The run is CANCELLED.' }, data: null });
  show(run({}, { priority: 'HIGH' }));
  expect(only('section').textContent).toContain('more than four hours');
  button('Continue').click();
  await vi.waitFor(() => expect(only('[role=alert]').textContent).toContain('The run is CANCELLED.'));
});
