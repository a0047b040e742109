import { readFile } from 'node:fs/promises';
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  usage: 'guide',
  about: 'Prints how an agent works at Boardroom: docs/agents.md.',
  args: 0,
  flags: {},
  async run({ show }) {
    const text = await readFile(new URL('../../../docs/agents.md', import.meta.url), 'utf8');
    show({ text }, () => text.trimEnd());
  },
});
