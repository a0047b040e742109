import type { Approval, ApprovalComment } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const ApprovalRef = builder.objectRef<Approval>('Approval');
export const ApprovalCommentRef = builder.objectRef<ApprovalComment>('ApprovalComment');
