import type { Comment } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';
import type { ListedIssue, ShownLabel } from './reads.ts';

export const IssueRef = builder.objectRef<ListedIssue>('Issue');
export const CommentRef = builder.objectRef<Comment>('Comment');
export const LabelRef = builder.objectRef<ShownLabel>('Label');
