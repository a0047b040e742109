/** Lets a loop sleep until somebody has something for it; what comes while it works is not lost. */
export class Nudge {
  #isDue = false;
  #wake: (() => void) | null = null;

  /** Wakes the loop, or keeps it from sleeping next time. */
  poke(): void {
    this.#isDue = true;
    this.#wake?.();
  }

  /** Resolves at the next poke, at once where there was one since the last call, and at the latest after `timeoutMs`. */
  async next(timeoutMs?: number): Promise<void> {
    if (!this.#isDue) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
      this.#wake = null;
    }
    this.#isDue = false;
  }
}
