import type { AnnotationComment, AnnotationThread } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const AnnotationThreadRef = builder.objectRef<AnnotationThread>('AnnotationThread');
export const AnnotationCommentRef = builder.objectRef<AnnotationComment>('AnnotationComment');
