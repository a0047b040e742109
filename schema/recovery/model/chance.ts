/** Random choices that a seed decides: the same seed makes the same ones (mulberry32). */
export class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  is(likelihood: number): boolean {
    return this.next() < likelihood;
  }

  of<T>(all: readonly T[]): T | undefined {
    return all[this.below(all.length)];
  }

  some<T>(all: readonly T[], most: number): T[] {
    const rest = [...all];
    return Array.from({ length: this.below(Math.min(most, all.length) + 1) }, () => rest.splice(this.below(rest.length), 1)[0] as T);
  }

  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return (choices.at(-1) as readonly [number, T])[1];
  }
}
