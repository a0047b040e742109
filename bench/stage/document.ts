import type { Standing } from '../../schema/annotation/anchor/place.ts';
import { project, PROJECTION_VERSION } from '../../schema/annotation/anchor/projection.ts';
import { selectorOf } from '../../schema/annotation/anchor/selector.ts';

/** A document as large as one may be, and ways to edit it. */
export interface LongDocument {
  body: string;
  edits: Record<'oneSentence' | 'everyFifth' | 'everyOne', string>;
}

const LENGTH = 500_000;
const VOCABULARY = 3_000;

/** Prose, lists, tables and code with some markup; the same each time. */
export function longDocument(): LongDocument {
  const random = randomOf(7);
  const words = Array.from({ length: VOCABULARY }, (_, i) => `w${(i * 7_919) % VOCABULARY}`);
  // Some words are common and most are rare, as in any text.
  const sentence = () => {
    const said = Array.from({ length: 6 + Math.floor(random() * 14) }, () => words[Math.floor(random() * random() * VOCABULARY)] as string);
    if (random() < 0.2) said[1] = `**${said[1]}**`;
    if (random() < 0.1) said[2] = `[${said[2]}](https://example.org/page)`;
    return `${said.join(' ')}.`;
  };
  const several = (count: number, between: string, before = '') => Array.from({ length: count }, () => before + sentence()).join(between);
  const blocks: string[] = [];
  for (let length = 0; length < LENGTH; length += (blocks.at(-1) as string).length + 2) {
    const kind = random();
    blocks.push(kind < 0.1 ? `## ${sentence()}` : kind < 0.3 ? several(3, '\n', '- ') : kind < 0.35 ? `\`\`\`\n${several(2, '\n')}\n\`\`\`` : kind < 0.4 ? `| a | b |\n|---|---|\n| ${sentence()} | ${sentence()} |` : several(5, ' '));
  }
  const body = blocks.join('\n\n').slice(0, LENGTH);
  return {
    body,
    edits: {
      oneSentence: `${body.slice(0, LENGTH / 2)} Something new. ${body.slice(LENGTH / 2)}`,
      everyFifth: body.replaceAll(/\. w/g, (found) => (random() < 0.2 ? '. something new w' : found)),
      everyOne: body.replaceAll(/ (w\d+) (w\d+)/g, ' $2 $1'),
    },
  };
}

/** Threads about so many of its sentences, from the beginning to the end. */
export function threadsOn(body: string, count: number): Standing[] {
  const projection = project(body);
  return Array.from({ length: count }, (_, i) => {
    const start = projection.text.indexOf('. ', Math.floor((i / count) * projection.text.length * 0.98)) + 2;
    const selector = selectorOf(projection, start, projection.text.indexOf('.', start) + 1);
    if (!selector) throw new Error('no sentence to annotate');
    const { anchor, ...words } = selector;
    return { ...words, ...anchor, matchText: null, state: 'ACTIVE', confidence: 'EXACT', projectionVersion: PROJECTION_VERSION };
  });
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
