import { UsageError } from './failure.ts';
import type { IssueStatus, Priority } from './generated/graphql.ts';

export const issueStatuses = [
  'BACKLOG',
  'TODO',
  'IN_PROGRESS',
  'IN_REVIEW',
  'BLOCKED',
  'DONE',
  'CANCELLED',
] as const satisfies IssueStatus[];

/** Most urgent first. */
export const priorities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const satisfies Priority[];

/** One of the choices, however it was written: `in-progress` is IN_PROGRESS. */
export function choose<T extends string>(name: string, choices: readonly T[], given: string): T {
  const wanted = given.trim().toUpperCase().replaceAll('-', '_');
  const found = choices.find((choice) => choice === wanted);
  if (!found) throw new UsageError(`${name} is one of ${choices.join(', ')}, not ${given}`);
  return found;
}

/** Several of them, separated by commas. */
export function chooseMany<T extends string>(name: string, choices: readonly T[], given: string): T[] {
  return given.split(',').map((each) => choose(name, choices, each));
}

/** A whole number, zero or more. */
export function count(name: string, given: string): number {
  if (!/^\d+$/.test(given)) throw new UsageError(`${name} is a whole number, not ${given}`);
  return Number(given);
}
