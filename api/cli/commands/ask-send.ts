import { askingFlags, askTheBoard } from '../ask-the-board.ts';
import { defineCommand } from '../command.ts';
import type { CreateInteractionInput } from '../generated/graphql.ts';
import { interactionText } from '../interaction.ts';
import { readObject } from '../json-input.ts';
import { issueId, looksLikeIssue } from '../refs.ts';

export const command = defineCommand({
  usage: 'ask send [ISSUE] JSON',
  about: 'Asks the board anything, as CreateInteractionInput without the issue: {"kind":"SUGGEST_TASKS","title":"…","tasks":[{"key":"a","title":"…"}]}. JSON may be - for standard input, or come from --file.',
  args: 2,
  flags: {
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the JSON from a file, or -' },
    ...askingFlags,
  },
  async run({ settings, flags, args, show }) {
    const named = args.length === 2 || (args[0] !== undefined && looksLikeIssue(args[0]));
    const given = await readObject(named ? args[1] : args[0], flags.file, 'what is asked');
    const input = { ...given, issueId: await issueId(settings, named ? args[0] : undefined) } as CreateInteractionInput;
    const asked = await askTheBoard(settings, input, flags);
    show(asked, () => interactionText(asked));
  },
});
