import { askingFlags, askTheBoard } from '../ask-the-board.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import type { CreateInteractionInput } from '../generated/graphql.ts';
import { interactionText, parseChoices } from '../interaction.ts';
import { issueId, looksLikeIssue } from '../refs.ts';

export const command = defineCommand({
  usage: 'ask question [ISSUE] QUESTION --option KEY=LABEL …',
  about: 'Asks the board one question with options. For several questions at once: boardroom ask send.',
  args: 2,
  flags: {
    option: { type: 'string', multiple: true, value: 'KEY=LABEL', about: 'an option; may be given 10 times' },
    multiple: { type: 'boolean', about: 'more than one may be chosen' },
    text: { type: 'boolean', about: 'an answer in own words is taken too' },
    summary: { type: 'string', short: 's', about: 'what the board should know to answer; - reads standard input' },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the summary from a file' },
    ...askingFlags,
  },
  async run({ settings, flags, args, show }) {
    const named = args.length === 2 || (args[0] !== undefined && looksLikeIssue(args[0]));
    const prompt = named ? args[1] : args[0];
    if (!prompt) throw new UsageError('ask something');
    const options = parseChoices(flags.option ?? []);
    if (options.length === 0) throw new UsageError('give at least one --option KEY=LABEL; with --text the board may also answer in its own words');
    const input: CreateInteractionInput = {
      issueId: await issueId(settings, named ? args[0] : undefined),
      kind: 'ASK_QUESTIONS',
      title: prompt.length > 300 ? `${prompt.slice(0, 299)}…` : prompt,
      questions: [{ key: 'question', prompt, options, multiple: flags.multiple ?? false, allowText: flags.text ?? false }],
    };
    const summary = await readBody(flags.summary, flags.file);
    if (summary !== undefined) input.summary = summary;
    const asked = await askTheBoard(settings, input, flags);
    show(asked, () => interactionText(asked));
  },
});
