import type { Issue, SubtreeHold } from '../../prisma/generated/client.ts';
import type { ActiveHold } from './holds.ts';

/** The issue is under a hold: nothing works on it until that is released. Returned as data. */
export class SubtreeHeld {
  readonly issue: Issue;
  readonly hold: ActiveHold;
  readonly message = 'it is on hold: nothing works on it until the hold is released';
  constructor(issue: Issue, hold: ActiveHold) {
    this.issue = issue;
    this.hold = hold;
  }
}

/** The same root is held already; another mode needs the release of that hold first. */
export class AlreadyHeld {
  readonly hold: SubtreeHold;
  readonly message: string;
  constructor(hold: SubtreeHold) {
    this.hold = hold;
    this.message = hold.mode === 'PAUSE' ? 'it is paused already: release that hold first' : 'it is called off already: release that hold first';
  }
}
