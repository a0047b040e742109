import { run } from './launch/run.ts';

// What `npm start` runs: one process that starts the others and stops them.

await run();
