import type { Company } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

/** Refs stand apart from their fields, so that types may point at each other without import cycles. */
export const CompanyRef = builder.objectRef<Company>('Company');
