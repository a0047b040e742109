import type { Issue } from '../../prisma/generated/client.ts';
import type { BudgetStop } from './stops.ts';

/** A budget over the issue or its agent is used up: nothing works there until the board raises it or its window has passed. Returned as data. */
export class BudgetExceeded {
  readonly issue: Issue;
  readonly stop: BudgetStop;
  readonly message: string;
  constructor(issue: Issue, stop: BudgetStop) {
    this.issue = issue;
    this.stop = stop;
    this.message = stop.message;
  }
}
