import { randomUUID } from 'node:crypto';
import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { orConflict } from '../conflict.ts';
import { documentOf, issueAndKey } from '../document.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { plain } from '../print.ts';

const CreateAnnotationMutation = graphql(`
  mutation CreateAnnotation($input: CreateAnnotationInput!) {
    createAnnotation(input: $input) {
      __typename
      ... on AnnotationThread { id quote place { markdownStart markdownEnd } }
      ... on Conflict { ...ConflictFields }
    }
  }
`);
const ReplyToAnnotationMutation = graphql(`
  mutation ReplyToAnnotation($input: ReplyToAnnotationInput!) {
    replyToAnnotation(input: $input) { id createdAt thread { id quote } }
  }
`);
const ResolveAnnotationMutation = graphql(`
  mutation ResolveAnnotation($input: ResolveAnnotationInput!) {
    resolveAnnotation(input: $input) { id status quote }
  }
`);
const ReopenAnnotationMutation = graphql(`
  mutation ReopenAnnotation($input: ReopenAnnotationInput!) {
    reopenAnnotation(input: $input) { id status quote }
  }
`);

export const command = defineCommand({
  usage: 'doc annotate [ISSUE] KEY --quote WORDS TEXT | doc annotate --thread ID [TEXT] [--resolve | --reopen]',
  about: 'Remarks on a passage of a document, or answers in a thread and settles it. TEXT may be - for standard input. doc show --full shows the threads.',
  args: 3,
  flags: {
    quote: { type: 'string', value: 'WORDS', about: 'the words of the passage, as they read without markup' },
    before: { type: 'string', value: 'WORDS', about: 'what comes right before them, where they stand several times' },
    after: { type: 'string', value: 'WORDS', about: 'what comes right after them' },
    thread: { type: 'string', value: 'ID', about: 'answer in this thread instead' },
    resolve: { type: 'boolean', about: 'the thread is settled' },
    reopen: { type: 'boolean', about: 'it is not settled after all' },
    key: { type: 'string', value: 'KEY', about: 'asked again with the same key, nothing is added' },
  },
  async run({ settings, flags, args, show }) {
    const idempotencyKey = flags.key ?? randomUUID();
    if (flags.thread !== undefined) {
      const { thread: threadId, resolve, reopen } = flags;
      const body = await readBody(args[0], undefined);
      if (resolve && reopen) throw new UsageError('--resolve and --reopen exclude each other');
      if (!body?.trim() && !resolve && !reopen) throw new UsageError('say something, or --resolve or --reopen');
      const reply = body?.trim() ? (await ask(settings, ReplyToAnnotationMutation, { input: { threadId, body, idempotencyKey } })).replyToAnnotation : null;
      const moved = resolve
        ? (await ask(settings, ResolveAnnotationMutation, { input: { threadId } })).resolveAnnotation
        : reopen ? (await ask(settings, ReopenAnnotationMutation, { input: { threadId } })).reopenAnnotation : null;
      show({ reply, thread: moved }, () => [reply && 'replied', moved && (resolve ? 'resolved' : 'reopened')].filter(Boolean).join(' and '));
      return;
    }
    const { ref, key, rest } = issueAndKey(settings, args);
    const body = await readBody(rest[0], undefined);
    if (!flags.quote?.trim()) throw new UsageError('say about what: --quote "the words"');
    if (!body?.trim()) throw new UsageError('say something: a text, or - for standard input');
    const document = await documentOf(settings, ref, key);
    const input = { documentId: document.id, baseRevisionId: document.latestRevision.id, quote: { exact: flags.quote, prefix: flags.before ?? null, suffix: flags.after ?? null }, body, idempotencyKey };
    const thread = orConflict((await ask(settings, CreateAnnotationMutation, { input })).createAnnotation, 'AnnotationThread');
    show(thread, () => `annotated "${plain(thread.quote)}" in ${document.issue} ${key}: thread ${thread.id}`);
  },
});
