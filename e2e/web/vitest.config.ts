import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';
import { Tally } from './stage/tally.ts';

/** The first needs a Boardroom in which nothing is; the pages are walked through once there is something on them. */
const order = ['first-run', 'demo', 'live', 'kanban', 'intervene', 'asking', 'money', 'governance', 'phone', 'keyboard', 'run-log', 'pages'];

class InOrder extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => order.indexOf(basename(moduleId, '.spec.ts'));
    return Promise.resolve(files.toSorted((a, b) => place(a) - place(b)));
  }
}

export default defineConfig({
  test: {
    name: 'journeys',
    environment: 'node',
    include: ['e2e/web/*.spec.ts'],
    globalSetup: ['e2e/web/stage/setup.ts'],
    reporters: ['verbose', new Tally()],
    sequence: { sequencer: InOrder },
    // One Boardroom and two cores: one journey after another, as a person makes them.
    fileParallelism: false,
    expect: { poll: { timeout: 60_000, interval: 50 } },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
