import type { PlanDecomposition } from '../../prisma/generated/client.ts';

/** A living run of somebody else makes the children. */
export class DecompositionInFlight {
  readonly decomposition: PlanDecomposition;
  readonly message = 'another run makes these children';
  constructor(decomposition: PlanDecomposition) {
    this.decomposition = decomposition;
  }
}

/** Other children were asked for first; a revision is decomposed once. */
export class DecompositionDiffers {
  readonly decomposition: PlanDecomposition;
  readonly message = 'this revision was decomposed into other children';
  constructor(decomposition: PlanDecomposition) {
    this.decomposition = decomposition;
  }
}
