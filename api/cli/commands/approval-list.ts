import { approvalTable } from '../approval.ts';
import { ask } from '../ask.ts';
import { chooseMany } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import type { ApprovalStatus, ApprovalType } from '../generated/graphql.ts';
import { companyId } from '../refs.ts';

const ApprovalsQuery = graphql(`
  query Approvals($ref: String!, $filter: ApprovalFilter) {
    company(ref: $ref) { approvals(first: 100, filter: $filter) { nodes { ...ApprovalRow } } }
  }
`);
const statuses = ['PENDING', 'REVISION_REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED'] as const satisfies ApprovalStatus[];
const types = ['HIRE_AGENT', 'CEO_STRATEGY', 'BUDGET_OVERRIDE', 'BOARD_REQUEST'] as const satisfies ApprovalType[];

export const command = defineCommand({
  usage: 'approval list [--status LIST] [--type LIST]',
  about: 'What the board is to approve, the newest first; what is decided too with --all.',
  args: 0,
  flags: {
    status: { type: 'string', value: 'LIST', about: statuses.join(', ') },
    type: { type: 'string', value: 'LIST', about: types.join(', ') },
    all: { type: 'boolean', about: 'in every status' },
  },
  async run({ settings, flags, show }) {
    const open: ApprovalStatus[] | null = flags.all ? null : ['PENDING', 'REVISION_REQUESTED'];
    const filter = { statuses: flags.status ? chooseMany('--status', statuses, flags.status) : open, types: flags.type ? chooseMany('--type', types, flags.type) : null };
    const { company } = await ask(settings, ApprovalsQuery, { ref: await companyId(settings), filter });
    const found = company?.approvals.nodes ?? [];
    show(found, () => approvalTable(found));
  },
});
