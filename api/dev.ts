import { fileURLToPath } from 'node:url';
import { run } from './launch/run.ts';
import { boardroomProcesses } from './launch/supervisor.ts';

// What `npm run dev` runs: api and worker start again when their sources change, Vite serves the board and reloads it,
// and the typed documents follow the queries. Open the address that Vite prints.

const root = fileURLToPath(new URL('../', import.meta.url));
const watched = ['web/src', 'api/cli', 'schema/schema.graphql'].map((path) => `--watch-path=${root}${path}`);

await run([
  ...boardroomProcesses.map((plan) => ({ ...plan, execArgv: ['--watch', '--watch-preserve-output'] })),
  { name: 'web', file: `${root}node_modules/vite/bin/vite.js`, args: [`${root}web`, '--clearScreen', 'false'], saysReady: false },
  { name: 'documents', file: `${root}codegen.ts`, execArgv: [...watched, '--watch-preserve-output'], saysReady: false },
]);
