ALTER TABLE "issue" ADD COLUMN "last_operation_id" UUID;
