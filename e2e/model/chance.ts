import { Chance as Numbers } from '../chaos/chance.ts';

/** Choices among what there is, which may be nothing. */
export class Chance extends Numbers {
  of<T>(all: readonly T[]): T | undefined {
    return this.pick(all);
  }

  some<T>(all: readonly T[], most: number): T[] {
    const rest = [...all];
    return Array.from({ length: this.between(0, Math.min(most, all.length)) }, () => rest.splice(this.between(0, rest.length - 1), 1)[0] as T);
  }

  /** One of them, each as likely as its weight. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return (choices.at(-1) as readonly [number, T])[1];
  }
}
