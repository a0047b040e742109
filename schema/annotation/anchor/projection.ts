import { projectLines } from './lines.ts';
import { projectMarkdown } from './markdown.ts';
import type { Projection } from './text.ts';

/** What new threads are anchored by. Threads that were brought in keep the version they came with. */
export const PROJECTION_VERSION = 2;

/** The text that readers see of some markdown, with the place of each of its characters in the source. */
export function project(markdown: string, version: number = PROJECTION_VERSION): Projection {
  return version === 1 ? projectLines(markdown) : projectMarkdown(markdown);
}
