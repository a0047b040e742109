-- What a person can do about the failure of a run.
ALTER TABLE "run" ADD COLUMN "error_remedy" TEXT;
