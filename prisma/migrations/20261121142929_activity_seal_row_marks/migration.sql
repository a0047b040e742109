-- AlterTable
ALTER TABLE "activity_seal" ADD COLUMN     "row_marks" BYTEA NOT NULL;
