import './find.css';
import { onMount } from 'solid-js';
import { count } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import type { Finder } from './create-finder.ts';

/** Enter goes on, Shift+Enter back, Escape closes and leaves the reader where they are. */
export function FindBar(props: { label: string; finder: Finder; onClosed: () => void }) {
  let input!: HTMLInputElement;
  onMount(() => input.focus());
  const close = () => {
    props.finder.close();
    props.onClosed();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') props.finder.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  return (
    <div class="find-bar" role="search">
      <input
        ref={input}
        type="text"
        aria-label={props.label}
        placeholder={props.label}
        autocomplete="off"
        spellcheck={false}
        onInput={() => props.finder.find(input.value)}
        onKeyDown={keys}
      />
      <span class="find-count" role="status">
        {props.finder.needle() ? (props.finder.hits() ? `${count(props.finder.hit())} of ${count(props.finder.hits())}` : 'none') : ''}
      </span>
      <IconButton icon="above" label="Previous" kbd="shift ↵" onClick={() => props.finder.step(-1)} />
      <IconButton icon="down" label="Next" kbd="↵" onClick={() => props.finder.step(1)} />
      <IconButton icon="close" label="Close" kbd="esc" onClick={close} />
    </div>
  );
}
