import { expect, onTestFinished, test } from 'vitest';
import { newId } from './id.ts';
import { openDatabase } from './client.ts';
import { testDatabase } from './testing.ts';
import { write } from './transaction.ts';

test('writers that all stand in each other’s way get through, one after the other', async () => {
  const database = await testDatabase();
  const db = openDatabase({ url: database.url, connections: 24 });
  onTestFinished(async () => {
    await db.close();
    await database.drop();
  });
  let begun = 0;
  const seen = await Promise.all(Array.from({ length: 150 }, () => write(db, async (tx) => {
    begun += 1;
    // Each reads what every other one changes, and takes its time over it.
    const count = await tx.company.count();
    await tx.$queryRaw`SELECT pg_sleep(0.01)::text`;
    await tx.company.create({ data: { id: newId(), name: 'Acme', prefix: `A${count}` } });
    return count;
  })));
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, i) => i));
  expect(begun).toBeGreaterThan(150);
});
