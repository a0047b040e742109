/** The next round number at or above a chart's highest value, so that its axis reads 0, half, all. */
export function niceTop(highest: number): number {
  if (highest <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((top) => top >= highest) ?? 10 * power;
}
