import { approvalText } from '../approval.ts';
import { ask } from '../ask.ts';
import { readBody } from '../body.ts';
import { choose } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { ApprovalType, HireInput, RequestApprovalInput } from '../generated/graphql.ts';
import { readObject } from '../json-input.ts';
import { companyId, issueIds } from '../refs.ts';

const RequestMutation = graphql(`
  mutation RequestApproval($input: RequestApprovalInput!) {
    requestApproval(input: $input) { ...ApprovalFacts }
  }
`);
const types = ['HIRE_AGENT', 'CEO_STRATEGY', 'BOARD_REQUEST'] as const satisfies ApprovalType[];

export const command = defineCommand({
  usage: 'approval request TITLE [--type TYPE] [--body TEXT | --file PATH] [--hire JSON]',
  about: 'Puts something before the board: a strategy of the CEO, a hire, or anything else. The answer wakes who asked.',
  args: 1,
  flags: {
    type: { type: 'string', about: `${types.join(', ')}; BOARD_REQUEST, or HIRE_AGENT with --hire, when absent` },
    body: { type: 'string', short: 'b', about: 'more about it: the strategy, or why; - reads standard input' },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read that from a file' },
    hire: { type: 'string', value: 'JSON', about: 'whom to hire: {"name", "adapterType", "adapterConfig", …}; - reads standard input' },
    issues: { type: 'string', value: 'REF,…', about: 'the issues that it is about; the issue of the run when absent' },
    key: { type: 'string', about: 'makes a retry safe for 24 h' },
  },
  async run({ settings, flags, args, show }) {
    const [title] = args;
    if (!title) throw new UsageError('say what you ask for, in a line');
    const input: RequestApprovalInput = { companyId: await companyId(settings), title, type: flags.type ? choose('--type', types, flags.type) : flags.hire ? 'HIRE_AGENT' : 'BOARD_REQUEST' };
    const about = flags.issues ?? settings.task;
    if (about) input.issueIds = await issueIds(settings, about);
    const body = await readBody(flags.body, flags.file);
    if (body !== undefined) input.body = body;
    if (flags.hire) input.hire = (await readObject(flags.hire, undefined, 'whom to hire')) as unknown as HireInput;
    if (flags.key) input.idempotencyKey = flags.key;
    const { requestApproval } = await ask(settings, RequestMutation, { input });
    show(requestApproval, () => approvalText(requestApproval));
  },
});
