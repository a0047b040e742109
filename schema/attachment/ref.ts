import type { Attachment } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const AttachmentRef = builder.objectRef<Attachment>('Attachment');
