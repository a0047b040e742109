import type { Approval } from '../../prisma/generated/client.ts';

/** The board decided otherwise before, or it was withdrawn. */
export class ApprovalDecided {
  readonly approval: Approval;
  readonly message: string;
  constructor(approval: Approval) {
    this.approval = approval;
    this.message = `it is ${approval.status.toLowerCase()} already`;
  }
}

/** What is decided is not what was looked at: another version came in between. */
export class ApprovalChanged {
  readonly approval: Approval;
  readonly message: string;
  constructor(approval: Approval) {
    this.approval = approval;
    this.message = `it is at version ${approval.revision} by now: look at that first`;
  }
}
