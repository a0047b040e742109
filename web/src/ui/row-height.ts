import { createEffect, createSignal, type Accessor } from 'solid-js';
import { appearance } from '../app/appearance.ts';
import { useMedia } from './media.ts';

/** The height of a row now: density and pointer decide it in tokens.css, and virtual lists must know it in numbers. */
export function useRowHeight(): Accessor<number> {
  const coarse = useMedia('(pointer: coarse), (max-width: 640px)');
  const [height, setHeight] = createSignal(36);
  createEffect(() => {
    appearance();
    coarse();
    setHeight(Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')) || 36);
  });
  return height;
}
