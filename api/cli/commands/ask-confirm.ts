import { ask } from '../ask.ts';
import { askingFlags, askTheBoard } from '../ask-the-board.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { CreateInteractionInput } from '../generated/graphql.ts';
import { interactionText, parseChoices } from '../interaction.ts';
import { issueRef, looksLikeIssue } from '../refs.ts';

const TargetQuery = graphql(`
  query ConfirmationTarget($ref: String!, $key: String!) {
    issue(ref: $ref) { id document(key: $key) { latestRevision { id } } }
  }
`);

export const command = defineCommand({
  usage: 'ask confirm [ISSUE] TITLE',
  about: 'Asks the board for a yes or a no, about the latest revision of a document if you name one. With --option the board ticks what applies.',
  args: 2,
  flags: {
    document: { type: 'string', value: 'KEY', about: 'what is to be confirmed, such as plan' },
    summary: { type: 'string', short: 's', about: 'more about it; - reads standard input' },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the summary from a file' },
    option: { type: 'string', multiple: true, value: 'KEY=LABEL', about: 'something to tick; may be given several times' },
    'reason-required': { type: 'boolean', about: 'a no needs a word why' },
    ...askingFlags,
  },
  async run({ settings, flags, args, show }) {
    const named = args.length === 2 || (args[0] !== undefined && looksLikeIssue(args[0]));
    const title = named ? args[1] : args[0];
    if (!title) throw new UsageError('say in a line what is to be confirmed');
    const ref = issueRef(settings, named ? args[0] : undefined);
    const { issue } = await ask(settings, TargetQuery, { ref, key: flags.document ?? 'plan' });
    if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
    if (flags.document && !issue.document) throw new ApiError('NOT_FOUND', `${ref} has no document ${flags.document}`);
    const options = parseChoices(flags.option ?? []);
    const input: CreateInteractionInput = { issueId: issue.id, kind: options.length > 0 ? 'CHECKBOX_CONFIRMATION' : 'CONFIRMATION', title };
    const summary = await readBody(flags.summary, flags.file);
    if (summary !== undefined) input.summary = summary;
    if (options.length > 0) input.options = options;
    if (flags['reason-required']) input.requireReason = true;
    if (flags.document && issue.document) input.targetRevisionId = issue.document.latestRevision.id;
    const asked = await askTheBoard(settings, input, flags);
    show(asked, () => interactionText(asked));
  },
});
