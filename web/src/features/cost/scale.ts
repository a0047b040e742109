/** The next round number at or above the dearest day, so that an axis of money reads in round steps; also below a dollar. */
export function moneyTop(highestMicros: number): number {
  if (highestMicros <= 0) return 1_000_000;
  const power = 10 ** Math.floor(Math.log10(highestMicros));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((top) => top >= highestMicros) ?? 10 * power;
}

/** Every how many days a label fits under bars that stand `step` pixels apart. */
export function labelEvery(step: number, labelWidth = 56): number {
  return [1, 2, 5, 7, 10, 14, 20, 30].find((days) => days * step >= labelWidth) ?? 50;
}
