import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { migrationsFolder } from '../migrate.ts';
import { missingMigration } from './migrated.ts';

// `npm run db:migration -- <name>`: writes the next migration from what changed in the Prisma schema.

const name = process.argv.slice(2).join('_').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
const sql = name ? await missingMigration() : '';
if (!name) {
  console.error('Name the migration: npm run db:migration -- add_budgets');
  process.exitCode = 1;
} else if (sql === '') {
  console.log('Nothing to do: the migrations lead to the Prisma schema.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrationsFolder, `${stamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), `${sql}\n`);
  console.log(`Wrote ${relative(process.cwd(), folder)}/migration.sql. Read it: what it drops, it drops with its rows.`);
}
