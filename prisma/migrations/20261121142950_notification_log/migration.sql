-- AlterEnum
ALTER TYPE "notification_event" ADD VALUE 'TEST';

-- AlterTable
ALTER TABLE "notification_delivery" ADD COLUMN     "last_attempt_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "notification_target" ADD COLUMN     "failed_in_row" INTEGER NOT NULL DEFAULT 0;
