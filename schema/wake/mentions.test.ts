import { expect, test } from 'vitest';
import { mentionOf, mentionsIn } from './mentions.ts';

const A = '01890000-0000-7000-8000-00000000000a';
const B = '01890000-0000-7000-8000-00000000000b';

test.each<[string, string, string[]]>([
  ['one', `Ask [@Ines](agent:${A}) please`, [A]],
  ['several, each once, in order', `[@B](agent:${B}) and [@A](agent:${A}) and [@B again](agent:${B})`, [B, A]],
  ['capital letters in the id', `[@Ines](agent:${A.toUpperCase()})`, [A]],
  ['plain names', '@Ines, Ines, agent:Ines', []],
  ['a link to something else', `[@Ines](https://example.com/agent:${A})`, []],
  ['an id that is none', '[@Ines](agent:123)', []],
  ['without the sign', `[Ines](agent:${A})`, []],
  ['in a line of code', `write \`[@Ines](agent:${A})\` to wake her`, []],
  ['in a block of code', `\`\`\`md\n[@Ines](agent:${A})\n\`\`\`\n[@B](agent:${B})`, [B]],
  ['in a block without end', `~~~\n[@Ines](agent:${A})`, []],
  ['nothing', '', []],
])('%s', (_name, text, ids) => expect(mentionsIn(text).map((mention) => mention.agentId)).toEqual(ids));

test('at most ten', () => {
  const text = Array.from({ length: 30 }, (_, i) => `[@x](agent:01890000-0000-7000-8000-0000000000${10 + i})`).join(' ');
  expect(mentionsIn(text)).toHaveLength(10);
});

test('what is written is read', () => {
  expect(mentionsIn(mentionOf({ agentId: A, name: 'Ines [QA]' }))).toEqual([{ agentId: A, name: 'Ines  QA' }]);
});

test('a long text without end takes no time', () => {
  const started = performance.now();
  mentionsIn(`${'`[@'.repeat(30_000)}](agent:`);
  expect(performance.now() - started).toBeLessThan(1_000);
});
