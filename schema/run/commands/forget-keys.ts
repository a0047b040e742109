import type { Database } from '../../../prisma/client.ts';
import { sql } from '../../../prisma/sql.ts';

/** Forgets idempotency keys after the day for which they are promised. */
export async function forgetIdempotencyKeys(db: Database): Promise<void> {
  await db.query(sql`DELETE FROM idempotency_key WHERE created_at < now() - interval '24 hours'`);
}
