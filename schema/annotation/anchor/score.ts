import { after, before } from './selector.ts';

/** What a passage is sought by: its words and surroundings where it was first, and where it stood last. */
export interface Sought {
  quote: string;
  prefix: string;
  suffix: string;
  normalizedStart: number;
}

export interface Score {
  start: number;
  end: number;
  /** How much of the words before and after is the same, 0 to 1. */
  prefix: number;
  suffix: number;
  total: number;
}

/** How well a range stands where the passage stood: 0.35 each for what is before and after, 0.30 for being near. */
export function scoreOf(text: string, sought: Sought, start: number, end: number): Score {
  const prefix = shareOf(sought.prefix, before(text, start), true);
  const suffix = shareOf(sought.suffix, after(text, end), false);
  const near = 1 / (1 + Math.abs(start - sought.normalizedStart) / 200);
  return { start, end, prefix, suffix, total: 0.35 * prefix + 0.35 * suffix + 0.3 * near };
}

/** How much of a kept context a place still has, counted from the passage outwards. */
function shareOf(kept: string, here: string, fromEnd: boolean): number {
  if (kept === '') return 0.5;
  const max = Math.min(kept.length, here.length);
  let same = 0;
  while (same < max && (fromEnd ? kept[kept.length - 1 - same] === here[here.length - 1 - same] : kept[same] === here[same])) same += 1;
  return same / kept.length;
}
