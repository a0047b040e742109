import type { Budget, BudgetIncident } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';
import type { BudgetStop } from './stops.ts';
import type { BudgetWarning } from './warnings.ts';

export const BudgetRef = builder.objectRef<Budget>('Budget');
export const BudgetIncidentRef = builder.objectRef<BudgetIncident>('BudgetIncident');
export const BudgetStopRef = builder.objectRef<BudgetStop>('BudgetStop');
export const BudgetWarningRef = builder.objectRef<BudgetWarning>('BudgetWarning');
