import type { Project } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const ProjectRef = builder.objectRef<Project>('Project');
