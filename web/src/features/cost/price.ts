import { money } from '../../ui/format.ts';

const MOST = 1_000_000_000_000n;

/** Dollars per million tokens, as typed: "3", "$0.30", "0.075". Nothing typed is null. */
export function priceFrom(text: string): { micros: bigint | null } | { problem: string } {
  const plain = text.replaceAll(/[,\s]/g, '');
  if (plain === '') return { micros: null };
  const [, whole = '', , part = ''] = /^\$?(\d+)(\.(\d{1,6}))?$/.exec(plain) ?? [];
  if (whole === '') return { problem: 'Write it in dollars per million tokens.' };
  const micros = BigInt(whole + part.padEnd(6, '0'));
  return micros > MOST ? { problem: 'At most a million dollars.' } : { micros };
}

/** A price per million tokens: "$3.00", and more digits only where there are any: "$0.075". */
export function priceWords(micros: string | bigint): string {
  const value = BigInt(micros);
  const part = (value % 1_000_000n).toString().padStart(6, '0').replace(/0{1,4}$/, '');
  return part.length <= 2 ? money(value) : `$${value / 1_000_000n}.${part}`;
}

interface Listed {
  provider: string;
  model: string;
  inputMicros: string;
  cachedInputMicros: string;
  outputMicros: string;
  effectiveAt: string;
}

/** A list by provider and model in which one model stands once: dated and latest names of it, at the same price, are its others. */
export function condensed<One extends Listed>(list: readonly One[]): (One & { others: string[] })[] {
  const sorted = list.toSorted((a, b) => a.provider.localeCompare(b.provider) || (a.model < b.model ? -1 : 1));
  const kept: (One & { others: string[] })[] = [];
  for (const price of sorted) {
    const same = kept.findLast(
      (each) =>
        each.provider === price.provider && price.model.startsWith(`${each.model}-`) && /^-(latest|20\*|latest-20\*|\d{6,})/.test(price.model.slice(each.model.length)) &&
        each.inputMicros === price.inputMicros && each.cachedInputMicros === price.cachedInputMicros && each.outputMicros === price.outputMicros && each.effectiveAt === price.effectiveAt,
    );
    if (same) same.others.push(price.model);
    else kept.push({ ...price, others: [] });
  }
  return kept;
}
