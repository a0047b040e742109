import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** Whether a media query holds, now and as it changes. Call inside a component. */
export function useMedia(query: string): Accessor<boolean> {
  const list = matchMedia(query);
  const [holds, setHolds] = createSignal(list.matches);
  const update = () => setHolds(list.matches);
  list.addEventListener('change', update);
  onCleanup(() => list.removeEventListener('change', update));
  return holds;
}

/** One column and a bar below. */
export const usePhone = (): Accessor<boolean> => useMedia('(max-width: 640px)');
