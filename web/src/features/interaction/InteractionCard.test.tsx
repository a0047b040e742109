import { MemoryRouter, Route } from '@solidjs/router';
import { beforeEach, expect, test, vi } from 'vitest';
import { draw, only, type as write } from '../../ui/testing.tsx';
import { InteractionCard } from './InteractionCard.tsx';
import type { Asked } from './reply.ts';

const mutate = vi.hoisted(() => vi.fn());
vi.mock('../../graphql/mutate.ts', () => ({ mutate }));
beforeEach(() => mutate.mockReset());

const asked = (more: Partial<Asked>): Asked => ({
  id: 'i', kind: 'CONFIRMATION', status: 'PENDING', title: 'Ship it?', summary: null, continuation: 'WAKE_ASSIGNEE', createdAt: '2026-01-01T00:00:00Z',
  createdBy: { __typename: 'Agent', id: 'a', name: 'Juno', status: 'IDLE' }, resolvedAt: null, resolvedBy: null, acceptLabel: null, rejectLabel: null, requireReason: false, minSelected: null,
  maxSelected: null, note: null, endReason: null, targetDocument: null, targetRevision: null, supersedeOnComment: true, sourceRun: null, options: [], items: [], questions: [], tasks: [],
  selectedOptionKeys: [], answers: [], verdicts: [], ...more,
});

const show = (what: Asked) =>
  draw(() => (
    <MemoryRouter>
      <Route path="*" component={() => <InteractionCard asked={what} prefix="HAL" onDocument={() => undefined} disabled={false} />} />
    </MemoryRouter>
  ));
const button = (name: string) => {
  const found = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);
  if (!found) throw new Error(`there is no button ${name}`);
  return found;
};
const tick = (label: string) => [...document.querySelectorAll('label')].find((each) => each.textContent?.includes(label))?.querySelector('input')?.click();
const choice = (key: string) => ({ key, label: `Option ${key}`, description: null });

test('a shut gate is said with its workspace and its run, and the question stays', async () => {
  mutate.mockResolvedValue({
    failure: null,
    data: { acceptInteraction: { __typename: 'GateShut', message: 'run 12 still works in the workspace', workspace: { id: 'w', branch: 'hal-1-legs', path: null }, run: { id: 'r', number: 12, status: 'RUNNING', agent: { id: 'a', name: 'Juno' } } } },
  });
  show(asked({}));
  button('Accept').click();
  await vi.waitFor(() => expect(only('[role=alert]').textContent).toContain('Not accepted yet. Run 12 still works in the workspace. It can be accepted once the workspace hal-1-legs is finalized.'));
  expect(only<HTMLAnchorElement>('[role=alert] a').getAttribute('href')).toBe('/HAL/runs/12');
  expect(button('Accept').disabled).toBe(false);
});

test('as many are ticked as may be, then it can be accepted', () => {
  mutate.mockResolvedValue({ failure: null, data: { acceptInteraction: { __typename: 'Interaction' } } });
  show(asked({ kind: 'CHECKBOX_CONFIRMATION', options: ['a', 'b', 'c'].map(choice), minSelected: 2, maxSelected: 2 }));
  tick('Option a');
  expect(button('Accept').disabled).toBe(true);
  tick('Option c');
  expect(document.querySelectorAll('input:disabled')).toHaveLength(1);
  button('Accept').click();
  expect(mutate.mock.calls[0]?.[1]).toEqual({ input: { interactionId: 'i', optionKeys: ['a', 'c'] } });
});

test('a draft that is taken out takes what stands under it along', () => {
  mutate.mockResolvedValue({ failure: null, data: { acceptInteraction: { __typename: 'Interaction' } } });
  const task = (key: string, parentKey: string | null) => ({ key, parentKey, title: `Task ${key}`, description: null, assignee: null, issue: null });
  show(asked({ kind: 'SUGGEST_TASKS', tasks: [task('a', null), task('b', null), task('a1', 'a')] }));
  button('File all 3');
  tick('Task a');
  button('File 1 of 3').click();
  expect(mutate.mock.calls[0]?.[1]).toEqual({ input: { interactionId: 'i', taskKeys: ['b'] } });
});

test('a no waits for the reason that is wanted', () => {
  mutate.mockResolvedValue({ failure: null, data: { rejectInteraction: { __typename: 'Interaction' } } });
  show(asked({ requireReason: true, rejectLabel: 'Ask for changes' }));
  button('Ask for changes').click();
  expect(button('Ask for changes').disabled).toBe(true);
  write(only<HTMLTextAreaElement>('textarea'), 'Too soon');
  button('Ask for changes').click();
  expect(mutate.mock.calls[0]?.[1]).toEqual({ input: { interactionId: 'i', reason: 'Too soon' } });
});

test('an option or own words answer a question', () => {
  mutate.mockResolvedValue({ failure: null, data: { answerInteraction: { __typename: 'Interaction' } } });
  const question = (key: string, allowText: boolean) => ({ key, prompt: key, multiple: false, allowText, optional: false, options: [choice('x'), choice('y')] });
  show(asked({ kind: 'ASK_QUESTIONS', questions: [question('one', false), question('two', true)] }));
  tick('Option y');
  expect(button('Send answers').disabled).toBe(true);
  write(only<HTMLTextAreaElement>('textarea'), 'Later');
  button('Send answers').click();
  expect(mutate.mock.calls[0]?.[1]).toEqual({
    input: { interactionId: 'i', answers: [{ questionKey: 'one', optionKeys: ['y'], text: null }, { questionKey: 'two', optionKeys: [], text: 'Later' }] },
  });
});
