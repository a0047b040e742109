import type { BudgetWindow } from '../../prisma/generated/enums.ts';
import { badInput } from '../shared/refusal.ts';
import { AMOUNT_MAX, WARN_PERCENT, WINDOW_HOURS } from './rules.ts';

export function checkedAmount(field: string, amount: bigint): bigint {
  if (amount < 0n) throw badInput(field, 'must not be negative');
  if (amount > AMOUNT_MAX) throw badInput(field, 'is larger than anything that is ever spent');
  return amount;
}

export function checkedWarnPercent(percent: number): number {
  if (percent < WARN_PERCENT.min || percent > WARN_PERCENT.max) throw badInput('warnPercent', `must be ${WARN_PERCENT.min} to ${WARN_PERCENT.max}`);
  return percent;
}

/** Hours of a rolling window, which needs them; 0 for the others, which have none. */
export function checkedHours(window: BudgetWindow, hours: number | null | undefined): number {
  if (window !== 'ROLLING') {
    if (typeof hours === 'number') throw badInput('windowHours', 'is for a rolling window only');
    return 0;
  }
  if (typeof hours !== 'number') throw badInput('windowHours', 'a rolling window needs its length');
  if (hours < WINDOW_HOURS.min || hours > WINDOW_HOURS.max) throw badInput('windowHours', `must be ${WINDOW_HOURS.min} to ${WINDOW_HOURS.max}`);
  return hours;
}
