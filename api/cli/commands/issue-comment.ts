import { randomUUID } from 'node:crypto';
import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { agentId, issueId, looksLikeIssue } from '../refs.ts';
import type { Settings } from '../settings.ts';

const AddCommentMutation = graphql(`
  mutation AddComment($input: AddCommentInput!) {
    addComment(input: $input) { id createdAt issue { identifier } }
  }
`);

export const command = defineCommand({
  usage: 'issue comment [ISSUE] TEXT',
  about: 'Comments on an issue, or on the issue of the run. TEXT may be - for standard input, or come from --file.',
  args: 2,
  flags: {
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the text from a file, or -' },
    mention: { type: 'string', value: 'AGENTS', about: 'wake these colleagues, by names or ids with commas, and nobody else' },
    interrupt: { type: 'boolean', about: 'stop the run that is at work on it; its agent is woken with this' },
    key: { type: 'string', value: 'KEY', about: 'asked again with the same key, nothing is added' },
  },
  async run({ settings, flags, args, show }) {
    const named = args.length === 2 || (args[0] !== undefined && looksLikeIssue(args[0]));
    const body = await readBody(named ? args[1] : args[0], flags.file);
    if (!body?.trim()) throw new UsageError('say something: a text, --file PATH, or - for standard input');
    const { addComment } = await ask(settings, AddCommentMutation, {
      input: {
        issueId: await issueId(settings, named ? args[0] : undefined),
        body: await withMentions(settings, flags.mention, body),
        interrupt: flags.interrupt ?? null,
        idempotencyKey: flags.key ?? randomUUID(),
      },
    });
    show(addComment, () => `commented on ${addComment.issue.identifier}`);
  },
});

/** Names agents in the way that wakes them: `[@Ines](agent:<id>)`. */
async function withMentions(settings: Settings, named: string | undefined, body: string): Promise<string> {
  const names = (named ?? '').split(',').map((name) => name.trim()).filter(Boolean);
  const mentions = await Promise.all(names.map(async (name) => `[@${name.replace(/[[\]]/g, ' ')}](agent:${await agentId(settings, name)})`));
  return mentions.length > 0 ? `${mentions.join(' ')} ${body}` : body;
}
