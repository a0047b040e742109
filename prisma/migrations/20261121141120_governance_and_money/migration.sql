-- CreateEnum
CREATE TYPE "approval_type" AS ENUM ('HIRE_AGENT', 'CEO_STRATEGY', 'BUDGET_OVERRIDE', 'BOARD_REQUEST');

-- CreateEnum
CREATE TYPE "approval_status" AS ENUM ('PENDING', 'REVISION_REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "revision_source" AS ENUM ('HIRED', 'UPDATED', 'ROLLED_BACK');

-- CreateEnum
CREATE TYPE "agent_permission" AS ENUM ('AGENTS_CREATE', 'AGENTS_CONFIGURE', 'TASKS_ASSIGN', 'TASKS_ASSIGN_SCOPE', 'TASKS_MANAGE_ACTIVE_CHECKOUTS');

-- CreateEnum
CREATE TYPE "breaker_kind" AS ENUM ('CONSECUTIVE_FAILURES', 'RUNS_WITHOUT_PROGRESS', 'RUNS_PER_HOUR', 'RUNS_PER_DAY', 'TOKENS_PER_RUN', 'TOKEN_VELOCITY');

-- CreateEnum
CREATE TYPE "cost_dimension" AS ENUM ('COMPANY', 'AGENT', 'AGENT_MODEL', 'MODEL', 'PROVIDER', 'BILLER', 'BILLING_TYPE', 'PROJECT', 'GOAL', 'ISSUE', 'BILLING_CODE');

-- CreateEnum
CREATE TYPE "cost_grain" AS ENUM ('HOUR', 'DAY');

-- CreateEnum
CREATE TYPE "budget_scope" AS ENUM ('COMPANY', 'AGENT', 'PROJECT', 'GOAL', 'ISSUE_SUBTREE');

-- CreateEnum
CREATE TYPE "budget_metric" AS ENUM ('BILLED_COST', 'IMPUTED_COST', 'TOKENS', 'RUNS');

-- CreateEnum
CREATE TYPE "budget_window" AS ENUM ('MONTH', 'ROLLING', 'LIFETIME');

-- CreateEnum
CREATE TYPE "budget_threshold" AS ENUM ('SOFT', 'HARD');

-- CreateEnum
CREATE TYPE "budget_incident_status" AS ENUM ('OPEN', 'KEPT_PAUSED', 'RESOLVED');

-- CreateEnum
CREATE TYPE "budget_resolution" AS ENUM ('RAISED', 'WINDOW_ENDED', 'CHANGED', 'REMOVED');

-- CreateEnum
CREATE TYPE "notification_channel" AS ENUM ('WEBHOOK', 'EMAIL');

-- CreateEnum
CREATE TYPE "notification_event" AS ENUM ('APPROVAL_WAITING', 'BUDGET_WARNING', 'BUDGET_STOPPED', 'BREAKER_TRIPPED', 'RUN_FAILED');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED');

-- AlterEnum
ALTER TYPE "agent_status" ADD VALUE 'PENDING_APPROVAL';

-- AlterEnum
ALTER TYPE "cost_status" ADD VALUE 'PRICED';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "pause_reason" ADD VALUE 'BUDGET';
ALTER TYPE "pause_reason" ADD VALUE 'BREAKER';

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "hires_need_approval" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "strategy_approved_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "cost_event" ADD COLUMN     "imputed_micros" BIGINT;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "biller" TEXT,
ADD COLUMN     "billing_type" "billing_type",
ADD COLUMN     "imputed_micros" BIGINT,
ADD COLUMN     "usage_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "type" "approval_type" NOT NULL,
    "status" "approval_status" NOT NULL DEFAULT 'PENDING',
    "title" TEXT NOT NULL,
    "body" TEXT,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "requester_type" "actor_type" NOT NULL,
    "requester_id" UUID,
    "run_id" UUID,
    "agent_id" UUID,
    "incident_id" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "decision_note" TEXT,
    "decider_type" "actor_type",
    "decider_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_comment" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "author_type" "actor_type" NOT NULL,
    "author_id" UUID,
    "run_id" UUID,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_issue" (
    "company_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_issue_pkey" PRIMARY KEY ("approval_id","issue_id")
);

-- CreateTable
CREATE TABLE "agent_revision" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "source" "revision_source" NOT NULL,
    "settings" JSONB NOT NULL,
    "changed" TEXT[],
    "rolled_back_to_id" UUID,
    "actor_type" "actor_type" NOT NULL,
    "actor_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_grant" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "permission" "agent_permission" NOT NULL,
    "scope" JSONB,
    "grantor_type" "actor_type" NOT NULL,
    "grantor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "breaker_settings" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "agent_id" UUID,
    "consecutive_failures" INTEGER,
    "runs_without_progress" INTEGER,
    "runs_per_hour" INTEGER,
    "runs_per_day" INTEGER,
    "tokens_per_run" BIGINT,
    "velocity_percent" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "breaker_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "breaker_trip" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "run_id" UUID,
    "kind" "breaker_kind" NOT NULL,
    "limit" BIGINT NOT NULL,
    "observed" BIGINT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "tripped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reset_at" TIMESTAMPTZ(3),
    "reset_type" "actor_type",
    "reset_id" UUID,
    "reset_note" TEXT,

    CONSTRAINT "breaker_trip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cost_unfolded" (
    "event_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cost_unfolded_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "cost_rollup" (
    "company_id" UUID NOT NULL,
    "dimension" "cost_dimension" NOT NULL,
    "grain" "cost_grain" NOT NULL,
    "key" TEXT NOT NULL,
    "bucket" TIMESTAMPTZ(3) NOT NULL,
    "cost_micros" BIGINT NOT NULL DEFAULT 0,
    "imputed_micros" BIGINT NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "cached_input_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "event_count" INTEGER NOT NULL DEFAULT 0,
    "unpriced_count" INTEGER NOT NULL DEFAULT 0,
    "unimputed_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "cost_rollup_pkey" PRIMARY KEY ("company_id","dimension","grain","key","bucket")
);

-- CreateTable
CREATE TABLE "model_price" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "input_micros" BIGINT NOT NULL,
    "cached_input_micros" BIGINT NOT NULL,
    "output_micros" BIGINT NOT NULL,
    "reprice_due_at" TIMESTAMPTZ(3),
    "setter_type" "actor_type" NOT NULL,
    "setter_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_price_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "scope" "budget_scope" NOT NULL,
    "scope_id" UUID NOT NULL,
    "metric" "budget_metric" NOT NULL,
    "window" "budget_window" NOT NULL,
    "window_hours" INTEGER NOT NULL DEFAULT 0,
    "amount" BIGINT NOT NULL,
    "warn_percent" INTEGER NOT NULL DEFAULT 80,
    "hard_stop" BOOLEAN NOT NULL DEFAULT true,
    "setter_type" "actor_type" NOT NULL,
    "setter_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_incident" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "budget_id" UUID NOT NULL,
    "threshold" "budget_threshold" NOT NULL,
    "status" "budget_incident_status" NOT NULL DEFAULT 'OPEN',
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "limit" BIGINT NOT NULL,
    "observed" BIGINT NOT NULL,
    "approval_id" UUID,
    "resolution" "budget_resolution",
    "resolver_type" "actor_type",
    "resolver_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_seal" (
    "company_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "last_txid" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "row_count" INTEGER NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_seal_pkey" PRIMARY KEY ("company_id","number")
);

-- CreateTable
CREATE TABLE "notification_target" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "channel" "notification_channel" NOT NULL,
    "address" TEXT NOT NULL,
    "events" "notification_event"[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "key_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_delivery" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "target_id" UUID NOT NULL,
    "event" "notification_event" NOT NULL,
    "subject" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" "delivery_status" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_status" INTEGER,
    "last_error" TEXT,
    "delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "approval_company_id_created_at_id_idx" ON "approval"("company_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "approval_open" ON "approval"("company_id", "created_at" DESC, "id" DESC) WHERE (status = ANY (ARRAY['PENDING'::approval_status, 'REVISION_REQUESTED'::approval_status]));

-- CreateIndex
CREATE INDEX "approval_agent_id_idx" ON "approval"("agent_id") WHERE (agent_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "approval_company_id_id_key" ON "approval"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_open_of_incident" ON "approval"("incident_id") WHERE (incident_id IS NOT NULL AND status = ANY (ARRAY['PENDING'::approval_status, 'REVISION_REQUESTED'::approval_status]));

-- CreateIndex
CREATE INDEX "approval_comment_approval_id_created_at_id_idx" ON "approval_comment"("approval_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_comment_company_id_id_key" ON "approval_comment"("company_id", "id");

-- CreateIndex
CREATE INDEX "approval_issue_issue_id_idx" ON "approval_issue"("issue_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_revision_company_id_id_key" ON "agent_revision"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_revision_agent_id_number_key" ON "agent_revision"("agent_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "agent_grant_company_id_id_key" ON "agent_grant"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_grant_agent_id_permission_key" ON "agent_grant"("agent_id", "permission");

-- CreateIndex
CREATE UNIQUE INDEX "breaker_settings_company_id_id_key" ON "breaker_settings"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "breaker_settings_of_agent" ON "breaker_settings"("agent_id") WHERE (agent_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "breaker_settings_of_company" ON "breaker_settings"("company_id") WHERE (agent_id IS NULL);

-- CreateIndex
CREATE INDEX "breaker_trip_agent_id_tripped_at_id_idx" ON "breaker_trip"("agent_id", "tripped_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "breaker_trip_company_id_tripped_at_id_idx" ON "breaker_trip"("company_id", "tripped_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "breaker_trip_company_id_id_key" ON "breaker_trip"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "breaker_trip_open" ON "breaker_trip"("agent_id") WHERE (reset_at IS NULL);

-- CreateIndex
CREATE INDEX "cost_unfolded_company_id_occurred_at_idx" ON "cost_unfolded"("company_id", "occurred_at");

-- CreateIndex
CREATE INDEX "cost_rollup_company_id_dimension_grain_bucket_idx" ON "cost_rollup"("company_id", "dimension", "grain", "bucket");

-- CreateIndex
CREATE INDEX "model_price_reprice" ON "model_price"("reprice_due_at") WHERE (reprice_due_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "model_price_company_id_provider_model_effective_from_key" ON "model_price"("company_id", "provider", "model", "effective_from");

-- CreateIndex
CREATE UNIQUE INDEX "model_price_company_id_id_key" ON "model_price"("company_id", "id");

-- CreateIndex
CREATE INDEX "budget_company_id_created_at_id_idx" ON "budget"("company_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "budget_company_id_id_key" ON "budget"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "budget_of_scope" ON "budget"("company_id", "scope", "scope_id", "metric", "window", "window_hours");

-- CreateIndex
CREATE INDEX "budget_stop" ON "budget_incident"("company_id") WHERE (threshold = 'HARD'::budget_threshold AND status = ANY (ARRAY['OPEN'::budget_incident_status, 'KEPT_PAUSED'::budget_incident_status]));

-- CreateIndex
CREATE INDEX "budget_incident_budget_id_created_at_id_idx" ON "budget_incident"("budget_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "budget_incident_company_id_created_at_id_idx" ON "budget_incident"("company_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "budget_incident_company_id_id_key" ON "budget_incident"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "budget_incident_open" ON "budget_incident"("budget_id", "threshold") WHERE (status = ANY (ARRAY['OPEN'::budget_incident_status, 'KEPT_PAUSED'::budget_incident_status]));

-- CreateIndex
CREATE INDEX "notification_target_company_id_created_at_id_idx" ON "notification_target"("company_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_target_company_id_id_key" ON "notification_target"("company_id", "id");

-- CreateIndex
CREATE INDEX "notification_due" ON "notification_delivery"("next_attempt_at") WHERE (status = 'PENDING'::delivery_status);

-- CreateIndex
CREATE INDEX "notification_delivery_target_id_created_at_id_idx" ON "notification_delivery"("target_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notification_delivery_company_id_created_at_id_idx" ON "notification_delivery"("company_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notification_delivery_company_id_id_key" ON "notification_delivery"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_delivery_target_id_event_subject_key" ON "notification_delivery"("target_id", "event", "subject");

-- CreateIndex
CREATE INDEX "cost_event_goal_id_occurred_at_idx" ON "cost_event"("goal_id", "occurred_at") WHERE (goal_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "cost_event_company_id_billing_code_occurred_at_idx" ON "cost_event"("company_id", "billing_code", "occurred_at") WHERE (billing_code IS NOT NULL);

-- CreateIndex
CREATE INDEX "cost_event_unimputed" ON "cost_event"("company_id", "model", "occurred_at") WHERE (imputed_micros IS NULL);

-- CreateIndex
CREATE INDEX "run_running_by_company" ON "run"("company_id") WHERE (status = 'RUNNING');

-- CreateIndex
CREATE INDEX "run_started_by_agent" ON "run"("agent_id", "started_at") WHERE (started_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "run_started_by_company" ON "run"("company_id", "started_at") WHERE (started_at IS NOT NULL);

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_comment" ADD CONSTRAINT "approval_comment_company_id_approval_id_fkey" FOREIGN KEY ("company_id", "approval_id") REFERENCES "approval"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_issue" ADD CONSTRAINT "approval_issue_company_id_approval_id_fkey" FOREIGN KEY ("company_id", "approval_id") REFERENCES "approval"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_issue" ADD CONSTRAINT "approval_issue_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_revision" ADD CONSTRAINT "agent_revision_company_id_agent_id_fkey" FOREIGN KEY ("company_id", "agent_id") REFERENCES "agent"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_grant" ADD CONSTRAINT "agent_grant_company_id_agent_id_fkey" FOREIGN KEY ("company_id", "agent_id") REFERENCES "agent"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "breaker_trip" ADD CONSTRAINT "breaker_trip_company_id_agent_id_fkey" FOREIGN KEY ("company_id", "agent_id") REFERENCES "agent"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget" ADD CONSTRAINT "budget_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_incident" ADD CONSTRAINT "budget_incident_company_id_budget_id_fkey" FOREIGN KEY ("company_id", "budget_id") REFERENCES "budget"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_target" ADD CONSTRAINT "notification_target_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_company_id_target_id_fkey" FOREIGN KEY ("company_id", "target_id") REFERENCES "notification_target"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot say.
ALTER TABLE "budget"
  ADD CONSTRAINT "budget_amount_check" CHECK ("amount" >= 0),
  ADD CONSTRAINT "budget_warn_check" CHECK ("warn_percent" BETWEEN 1 AND 99),
  ADD CONSTRAINT "budget_window_check" CHECK (("window" = 'ROLLING') = ("window_hours" > 0));
ALTER TABLE "model_price"
  ADD CONSTRAINT "model_price_check" CHECK ("input_micros" >= 0 AND "cached_input_micros" >= 0 AND "output_micros" >= 0);
ALTER TABLE "cost_event" ADD CONSTRAINT "cost_event_imputed_check" CHECK ("imputed_micros" >= 0);
ALTER TABLE "agent_grant" ADD CONSTRAINT "agent_grant_scope_check" CHECK (("permission" = 'TASKS_ASSIGN_SCOPE') = ("scope" IS NOT NULL));

-- Events of before are folded into the rollups by the job, like new ones. What was billed is what they are known to have cost.
INSERT INTO "cost_unfolded" ("event_id", "company_id", "occurred_at") SELECT "id", "company_id", "occurred_at" FROM "cost_event";
UPDATE "cost_event" SET "imputed_micros" = "cost_micros" WHERE "cost_micros" IS NOT NULL;
UPDATE "run" SET "imputed_micros" = "cost_micros" WHERE "cost_micros" IS NOT NULL;

-- Companies that are at work keep working: their CEOs need no strategy approved first, their agents may go on handing out work.
UPDATE "company" SET "strategy_approved_at" = CURRENT_TIMESTAMP;
INSERT INTO "agent_grant" ("id", "company_id", "agent_id", "permission", "grantor_type")
  SELECT gen_random_uuid(), "company_id", "id", 'TASKS_ASSIGN', 'SYSTEM' FROM "agent" WHERE "status" <> 'TERMINATED';
