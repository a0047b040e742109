import { readFileSync, writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchema } from './index.ts';

// `node schema/print.ts` writes schema.graphql from the code; with --check it fails where the file is not what the code says.
const file = new URL('schema.graphql', import.meta.url);
const sdl = `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== sdl) {
    console.error('schema/schema.graphql is not what the code says: run npm run sdl');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, sdl);
}
