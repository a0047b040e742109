import { now } from '../../prisma/clock.ts';
import type { ModelPrice } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { mustBeBoard, type Principal } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { badInput, notFound } from '../shared/refusal.ts';
import { LIMITS, requiredText } from '../shared/text.ts';
import { NO_PASS } from './reprice.ts';

export interface SetPrice {
  companyId: string;
  provider: string;
  model: string;
  effectiveAt?: Date | null | undefined;
  inputMicros: bigint;
  cachedInputMicros?: bigint | null | undefined;
  outputMicros: bigint;
}

/** A million dollars per million tokens: a dollar a token. More is a slip of the unit. */
const MOST = 1_000_000_000_000n;

/**
 * Sets what a model costs the company from a time on, over the list that Boardroom ships; the same provider, model and time
 * again replaces it. Events since then are priced anew by a job.
 */
export async function setPrice(tx: Tx, by: Principal, input: SetPrice): Promise<ModelPrice> {
  mustBeBoard(by, 'set prices');
  const company = await tx.company.findUnique({ where: { id: input.companyId }, select: { id: true } });
  if (!company) throw notFound('company');
  const key = { companyId: company.id, provider: named('provider', input.provider), model: named('model', input.model), effectiveFrom: input.effectiveAt ?? now() };
  const star = key.model.indexOf('*');
  if (star !== -1 && (star < key.model.length - 1 || star === 0)) throw badInput('model', 'takes a star at the end only, after a beginning');
  const { actorType, actorId } = actorOf(by);
  const data = {
    inputMicros: price('inputMicros', input.inputMicros), cachedInputMicros: price('cachedInputMicros', input.cachedInputMicros ?? input.inputMicros),
    outputMicros: price('outputMicros', input.outputMicros), setterType: actorType, setterId: actorId, repriceDueAt: now(), ...NO_PASS,
  };
  const set = await tx.modelPrice.upsert({ where: { companyId_provider_model_effectiveFrom: key }, create: { id: newId(), ...key, ...data }, update: data });
  await recordActivity(tx, by, {
    companyId: company.id, action: 'price.set', entityType: 'modelPrice', entityId: set.id,
    details: {
      provider: set.provider, model: set.model, effectiveAt: set.effectiveFrom.toISOString(),
      inputMicros: set.inputMicros.toString(), cachedInputMicros: set.cachedInputMicros.toString(), outputMicros: set.outputMicros.toString(),
    },
  });
  return set;
}

/** As reports name it: in one line. Providers and models are compared without regard to case. */
function named(field: string, given: string): string {
  return requiredText(field, given, LIMITS.name).replaceAll(/\s+/g, ' ').toLowerCase();
}

function price(field: string, micros: bigint): bigint {
  if (micros < 0n) throw badInput(field, 'must not be negative');
  if (micros > MOST) throw badInput(field, 'is more than a dollar a token: give millionths of a dollar per million tokens');
  return micros;
}
