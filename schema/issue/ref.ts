import type { Comment, Issue, Label } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const IssueRef = builder.objectRef<Issue>('Issue');
export const CommentRef = builder.objectRef<Comment>('Comment');
export const LabelRef = builder.objectRef<Label>('Label');
