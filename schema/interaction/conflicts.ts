import type { Interaction } from '../../prisma/generated/client.ts';

/** It was resolved, withdrawn or has expired before. */
export class InteractionOver {
  readonly interaction: Interaction;
  readonly message: string;
  constructor(interaction: Interaction) {
    this.interaction = interaction;
    this.message = `it is ${interaction.status.toLowerCase()} already`;
  }
}

/** What it is about has a newer revision, which nobody was asked about. */
export class InteractionStale {
  readonly interaction: Interaction;
  readonly newer: { revisionId: string; number: number };
  readonly message: string;
  constructor(interaction: Interaction, newer: { revisionId: string; number: number }) {
    this.interaction = interaction;
    this.newer = newer;
    this.message = `the document has revision ${newer.number} by now: ask about that`;
  }
}
