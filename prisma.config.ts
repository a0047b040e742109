import { defineConfig } from 'prisma/config';

// Boardroom applies its migrations itself (prisma/migrate.ts); the Prisma command only generates the client.
export default defineConfig({ schema: 'prisma/schema', migrations: { path: 'prisma/migrations' } });
