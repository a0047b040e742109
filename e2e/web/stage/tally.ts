import type { Reporter, TestModule } from 'vitest/node';

/** The last line of a run: how many journeys passed and failed; before it, by name, what was not made. */
export class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], faults: readonly unknown[]): void {
    const all = modules.flatMap((module) => [...module.children.allTests()]);
    const having = (state: string) => all.filter((test) => test.result().state === state);
    const skipped = having('skipped');
    const broken = modules.filter((module) => module.errors().length > 0).length + faults.length;
    if (skipped.length > 0) console.log(`\nSkipped, for want of a Chromium on the PATH:\n${skipped.map((test) => `  ${test.fullName}`).join('\n')}`);
    console.log(`\n${having('passed').length} passed, ${having('failed').length + broken} failed`);
  }
}
