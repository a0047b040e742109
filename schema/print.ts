import { readFileSync, writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { permissionsPage } from './access/permissions-page.ts';
import { buildSchema } from './index.ts';

// `node schema/print.ts` writes schema.graphql and docs/permissions.md from the code; with --check it fails where a file is not
// what the code says.
const schema = buildSchema();
const files: [string, string][] = [
  ['schema.graphql', `${printSchema(lexicographicSortSchema(schema))}\n`],
  ['../docs/permissions.md', permissionsPage(schema)],
];
for (const [name, text] of files) {
  const file = new URL(name, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not what the code says: run npm run sdl`);
    process.exitCode = 1;
  }
}
