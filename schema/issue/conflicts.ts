import type { Issue } from '../../prisma/generated/client.ts';

/** Expected ends of a change to an issue, returned as data: each carries what the caller needs to decide. */
export class IssueHeld {
  readonly issue: Issue;
  readonly message: string;
  constructor(issue: Issue, message: string) {
    this.issue = issue;
    this.message = message;
  }
}

export class IssueBlocked {
  readonly issue: Issue;
  readonly blockerIds: string[];
  readonly message: string;
  constructor(issue: Issue, blockerIds: string[]) {
    this.issue = issue;
    this.blockerIds = blockerIds;
    this.message = blockerIds.length === 1 ? 'it waits for one blocker' : `it waits for ${blockerIds.length} blockers`;
  }
}

export class IssueNotReady {
  readonly issue: Issue;
  readonly message: string;
  constructor(issue: Issue, message: string) {
    this.issue = issue;
    this.message = message;
  }
}
