-- AlterTable
ALTER TABLE "model_price" ADD COLUMN     "reprice_begun_at" TIMESTAMPTZ(3),
ADD COLUMN     "repriced_at" TIMESTAMPTZ(3),
ADD COLUMN     "repriced_id" UUID;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "worked_issue_id" UUID;
