-- AlterTable
ALTER TABLE "run" ADD COLUMN     "cost_reported" BOOLEAN NOT NULL DEFAULT false;

-- Of runs whose cost no event says, what their amounts tell: a metered use was priced where both amounts are one, a subscription bills nothing by itself, and
-- whatever else has a cost was told it.
UPDATE "run" SET "cost_reported" = true
WHERE "cost_micros" IS NOT NULL AND ("status" = 'RUNNING' OR NOT EXISTS (SELECT 1 FROM "cost_event" e WHERE e."run_id" = "run"."id"))
  AND CASE coalesce("billing_type", 'UNKNOWN') WHEN 'METERED_API' THEN "cost_micros" IS DISTINCT FROM "imputed_micros" WHEN 'SUBSCRIPTION_INCLUDED' THEN "cost_micros" <> 0 ELSE true END;
