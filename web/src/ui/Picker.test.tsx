import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Picker, type PickerOption } from './Picker.tsx';
import { draw, only, press, type } from './testing.tsx';

const options: PickerOption[] = [
  { value: 'b', label: 'Brick' },
  { value: 'k', label: 'Kestrel' },
  { value: 'o', label: 'Orrin' },
];

const listed = () => [...document.querySelectorAll('[role=option]')].map((each) => each.textContent);

function open(): HTMLInputElement {
  only('button[aria-haspopup=listbox]').click();
  return only<HTMLInputElement>('[role=combobox]');
}

test('filters by what is typed and picks with enter', () => {
  const pick = vi.fn();
  draw(() => <Picker label="Assignee" options={options} values={[]} onPick={pick} face="Assignee" />);
  const input = open();
  expect(document.activeElement).toBe(input);
  type(input, 'es');
  expect(listed()).toEqual(['Kestrel']);
  press('Enter', input);
  expect(pick).toHaveBeenCalledWith('k');
  expect(document.querySelector('[role=listbox]')).toBeNull();
});

test('arrows go round, and the one in force is marked', () => {
  const pick = vi.fn();
  draw(() => <Picker label="Assignee" options={options} values={['k']} onPick={pick} face="Assignee" />);
  const input = open();
  expect(only('[aria-selected=true]').textContent).toBe('Kestrel');
  press('ArrowDown', input);
  press('ArrowDown', input);
  press('Enter', input);
  expect(pick).toHaveBeenCalledWith('b');
});

test('says its name and what is chosen', () => {
  const [values, setValues] = createSignal<string[]>([]);
  draw(() => <Picker label="Labels" options={options} values={values()} onPick={vi.fn()} face={<i />} />);
  const name = () => only('button[aria-haspopup=listbox]').getAttribute('aria-label');
  expect(name()).toBe('Labels');
  setValues(['o', 'b']);
  expect(name()).toBe('Labels: Brick, Orrin');
});

test('several can be chosen without closing', () => {
  const [values, setValues] = createSignal<string[]>([]);
  draw(() => <Picker label="Labels" multiple options={options} values={values()} onPick={(value) => setValues([...values(), value])} face="Labels" />);
  const input = open();
  press('Enter', input);
  press('ArrowDown', input);
  press('Enter', input);
  expect(values()).toEqual(['b', 'k']);
  expect(document.querySelectorAll('[aria-selected=true]')).toHaveLength(2);
});

test('offers to make what was not found, and only that', () => {
  const create = vi.fn();
  draw(() => <Picker label="Labels" multiple options={options} values={[]} onPick={vi.fn()} onCreate={create} face="Labels" />);
  const input = open();
  type(input, 'brick');
  expect(listed()).toEqual(['Brick']);
  type(input, 'pricing ');
  press('Enter', input);
  expect(create).toHaveBeenCalledWith('pricing');
});

test('what one has typed stays when the choices change underneath', () => {
  const [given, setGiven] = createSignal(options.slice(0, 1));
  const pick = vi.fn();
  draw(() => <Picker label="Assignee" options={given()} values={[]} onPick={pick} face="Assignee" />);
  const input = open();
  type(input, 'es');
  setGiven(options);
  expect(input.value).toBe('es');
  expect(listed()).toEqual(['Kestrel']);
  press('Enter', input);
  expect(pick).toHaveBeenCalledWith('k');
});
