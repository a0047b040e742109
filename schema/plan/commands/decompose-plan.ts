import type { PlanDecomposition } from '../../../prisma/generated/client.ts';
import { isConflict, type Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { type ClaimConflict, claimDecomposition, type DecomposePlan } from './claim-plan.ts';
import { DecompositionInFlight } from '../conflicts.ts';
import { makeChild } from './make-child.ts';
import { CHILDREN_MAX } from '../rules.ts';

/** Runs one command in one serializable transaction. */
type Step = <T>(command: (tx: Tx, by: Principal) => Promise<T>) => Promise<T>;

/** For tests: what happens after each transaction of a decomposition. */
type Between = (step: number) => Promise<void>;

/**
 * Makes the children of an accepted plan exactly once: a claim, then one child in each transaction. Whatever ends this half-way,
 * the next call for the same revision and children goes on behind the last child that was made.
 */
export async function decomposePlan(step: Step, input: DecomposePlan, between?: Between): Promise<PlanDecomposition | ClaimConflict> {
  let claim = await step((tx, by) => claimDecomposition(tx, by, input));
  await between?.(0);
  for (let taken = 1; isInFlight(claim); taken += 1) {
    const { id } = claim;
    claim = await patiently(() => step((tx, by) => makeChild(tx, by, id)));
    await between?.(taken);
  }
  return claim;
}

function isInFlight(claim: PlanDecomposition | ClaimConflict): claim is PlanDecomposition {
  return 'status' in claim && claim.status === 'IN_FLIGHT' && !(claim instanceof DecompositionInFlight);
}

/** Who loses a step to another lost it to a child that was made: that can happen as often as there are children, and no more. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let lost = 1; ; lost += 1) {
    try {
      return await work();
    } catch (error) {
      if (lost > CHILDREN_MAX || !isConflict(error)) throw error;
    }
  }
}
