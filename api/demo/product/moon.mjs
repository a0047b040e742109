const synodicMonth = 29.530588853;
const aNewMoon = Date.UTC(2000, 0, 6, 18, 14);
const dayMs = 86_400_000;

/** The moon on a day, from its mean month: good to about half a day. `turn` runs from 0, new, over 0.5, full, to 1. */
export function moonOn(date) {
  const months = (date.getTime() - aNewMoon) / dayMs / synodicMonth;
  const turn = months - Math.floor(months);
  return {
    turn,
    ageDays: turn * synodicMonth,
    lit: (1 - Math.cos(2 * Math.PI * turn)) / 2,
    phase: Math.floor(turn * 8 + 0.5) % 8,
  };
}

/** The date of the next full moon. */
export function nextFullMoon(date) {
  const { turn } = moonOn(date);
  const months = turn < 0.5 ? 0.5 - turn : 1.5 - turn;
  return new Date(date.getTime() + months * synodicMonth * dayMs);
}
