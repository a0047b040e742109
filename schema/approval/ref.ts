import type { Approval, ApprovalComment, ApprovalVersion } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const ApprovalRef = builder.objectRef<Approval>('Approval');
export const ApprovalVersionRef = builder.objectRef<ApprovalVersion>('ApprovalVersion');
export const ApprovalCommentRef = builder.objectRef<ApprovalComment>('ApprovalComment');
