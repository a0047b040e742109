import type { IssueStatus, MonitorPolicy } from '../../prisma/generated/enums.ts';

export const MONITOR = { notes: 500, serviceName: 120, externalRef: 500, attempts: { min: 1, max: 100 }, farthestMs: 90 * 24 * 3600_000 } as const;

/** What is watched has an owner that is at work, or waits for a review. */
export function mayBeWatched(status: IssueStatus): boolean {
  return status === 'IN_PROGRESS' || status === 'IN_REVIEW';
}

export interface Bounds { timeoutAt: Date | null; maxAttempts: number | null }

/** Bounds only get tighter by those whom they bind; the board may loosen them. An absent part keeps what was. */
export function boundsAfter(before: Bounds | null, asked: { timeoutAt?: Date | null | undefined; maxAttempts?: number | null | undefined }, isBoard: boolean): Bounds {
  const chosen = <T extends Date | number>(old: T | null, wanted: T | null | undefined): T | null => {
    if (wanted === undefined) return old;
    if (isBoard || old === null) return wanted;
    return wanted === null || wanted > old ? old : wanted;
  };
  return { timeoutAt: chosen(before?.timeoutAt ?? null, asked.timeoutAt), maxAttempts: chosen(before?.maxAttempts ?? null, asked.maxAttempts) };
}

export interface Arming extends Bounds { nextCheckAt: Date; attempts: number; now: Date }

/** Why a monitor cannot be armed so; null where it can. */
export function whyNotArmed({ nextCheckAt, timeoutAt, maxAttempts, attempts, now }: Arming): string | null {
  if (nextCheckAt <= now) return 'the next check lies in the past';
  if (nextCheckAt.getTime() - now.getTime() > MONITOR.farthestMs) return 'the next check lies more than 90 days ahead';
  if (timeoutAt && nextCheckAt > timeoutAt) return `the next check lies after the end of the watch at ${timeoutAt.toISOString()}`;
  if (maxAttempts !== null && attempts >= maxAttempts) return `all ${maxAttempts} checks were made`;
  return null;
}

/** Whether a check is the last that its bounds allow. */
export function isLastCheck({ timeoutAt, maxAttempts }: Bounds, attempts: number, now: Date): boolean {
  return (timeoutAt !== null && timeoutAt <= now) || (maxAttempts !== null && attempts >= maxAttempts);
}

export const policyWords: Record<MonitorPolicy, string> = {
  WAKE_OWNER: 'The watch ended.', CREATE_RECOVERY_ISSUE: 'The watch ended without a result.', ESCALATE_TO_BOARD: 'The watch ended without a result; the board is to decide.',
};

const SECRET = /((?:^|[?&;\s])[^=&?;\s]*(?:token|key|secret|sig|signature|password|passwd|pwd|auth|credential|session)[^=&?;\s]*=)[^&;\s]+/gi;
const USERINFO = /([a-z][a-z0-9+.-]*:\/\/)[^/@\s]+@/gi;
const TOKEN = /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|sk-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|brk_[0-9a-f]{16,})/g;

/** A reference to something outside without what would open it. */
export function redactReference(text: string): string {
  return text.replace(USERINFO, '$1***@').replace(SECRET, '$1***').replace(TOKEN, '***');
}
