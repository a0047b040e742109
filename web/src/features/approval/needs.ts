import { paths } from '../../app/company.ts';
import type { WaitingApprovalsQuery } from '../../graphql/generated/graphql.ts';
import type { DecisionState } from '../../ui/DecisionGlyph.tsx';
import { typeWords, yesWords } from './words.ts';

export interface ApprovalNeed {
  key: string;
  glyph: { decision: DecisionState };
  title: string;
  id: string | null;
  why: string;
  verb: string;
  href: string;
}

/** What the board is asked to approve, as the dashboard lists what waits for a person. */
export function approvalNeeds(company: WaitingApprovalsQuery['company'] | undefined, prefix: string): ApprovalNeed[] {
  return (company?.approvals.nodes ?? []).map((approval) => ({
    key: approval.id,
    glyph: { decision: 'PENDING' as const },
    title: approval.title,
    id: null,
    why: `${approval.requestedBy.name} asks: ${typeWords(approval.type).toLowerCase()}${approval.type === 'HIRE_AGENT' && approval.agent ? `. ${yesWords(approval)}?` : '.'}`,
    verb: 'Decide',
    href: paths.approval(prefix, approval.id),
  }));
}
