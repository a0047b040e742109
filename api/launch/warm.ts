import { buildSchema } from '../../schema/index.ts';

// Run by the install: loads what the processes load, so that Node's compile cache is full before the first start, which
// then takes a second less. Nothing is started.

await Promise.all([import('../server/http.ts'), import('../worker/engine/engine.ts'), import('./run.ts')]);
buildSchema();
