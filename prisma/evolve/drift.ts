import { missingMigration } from './migrated.ts';

// `npm run db:drift`: fails when the migrations do not lead to the Prisma schema.

const sql = await missingMigration();
if (sql === '') {
  console.log('The migrations lead to the Prisma schema.');
} else {
  console.error(`The migrations do not lead to the Prisma schema (npm run db:migration -- <name> writes the next):\n\n${sql}`);
  process.exitCode = 1;
}
