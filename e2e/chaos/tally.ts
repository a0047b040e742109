/** What went wrong in one round. */
export interface Problem {
  check: string;
  text: string;
}

/** Counts what was looked at, and what was found wrong with it. */
export class Tally {
  readonly counted = new Map<string, number>();
  readonly problems: (Problem & { seed: number })[] = [];
  passed = 0;
  failed = 0;
  longest = new Map<string, number>();

  /** Adds to a line of the summary. */
  count(what: string, amount = 1): void {
    this.counted.set(what, (this.counted.get(what) ?? 0) + amount);
  }

  /** Keeps the longest of its kind. */
  time(what: string, ms: number): void {
    this.longest.set(what, Math.max(ms, this.longest.get(what) ?? 0));
  }

  /** Books the checks of one round: each of these names passes unless there is a problem of that name. */
  book(seed: number, names: readonly string[], problems: readonly Problem[]): void {
    const failed = new Set(problems.map((problem) => problem.check));
    for (const name of new Set([...names, ...failed])) {
      if (failed.has(name)) this.failed += 1;
      else this.passed += 1;
    }
    this.problems.push(...problems.map((problem) => ({ ...problem, seed })));
  }

  summary(): string {
    const lines = [...this.counted].sort(([a], [b]) => a.localeCompare(b)).map(([what, amount]) => `  ${String(amount).padStart(9)} ${what}`);
    const times = [...this.longest].map(([what, ms]) => `  ${(ms / 1_000).toFixed(1).padStart(8)}s longest ${what}`);
    return [...lines, ...times].join('\n');
  }
}
