import { onMount } from 'solid-js';
import { count } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import type { LogViewModel } from './create-log-view.ts';

/** Find in log: Enter goes on, Shift+Enter back, Escape closes and leaves the reader where they are. */
export function LogFind(props: { model: LogViewModel; onClose: () => void }) {
  let input!: HTMLInputElement;
  onMount(() => input.focus());
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') props.model.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') props.onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="log-find" role="search">
      <input
        ref={input}
        type="text"
        aria-label="Find in log"
        placeholder="Find in log"
        autocomplete="off"
        spellcheck={false}
        onInput={() => props.model.find(input.value)}
        onKeyDown={keys}
      />
      <span class="count" role="status">
        {props.model.needle() ? (props.model.hits() ? `${count(props.model.hit())} of ${count(props.model.hits())}` : 'none') : ''}
      </span>
      <IconButton icon="above" label="Previous" kbd="shift ↵" onClick={() => props.model.step(-1)} />
      <IconButton icon="down" label="Next" kbd="↵" onClick={() => props.model.step(1)} />
      <IconButton icon="close" label="Close" kbd="esc" onClick={() => props.onClose()} />
    </div>
  );
}
