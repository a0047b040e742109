-- Search in titles. A contrib extension that the owner of a database may create.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "agent_role" AS ENUM ('CEO', 'CTO', 'CMO', 'CFO', 'SECURITY', 'ENGINEER', 'DESIGNER', 'PM', 'QA', 'DEVOPS', 'RESEARCHER', 'GENERAL');

-- CreateEnum
CREATE TYPE "agent_status" AS ENUM ('IDLE', 'RUNNING', 'ERROR', 'PAUSED', 'TERMINATED');

-- CreateEnum
CREATE TYPE "pause_reason" AS ENUM ('MANUAL', 'COMPANY_ARCHIVED', 'FAILURES');

-- CreateEnum
CREATE TYPE "company_status" AS ENUM ('ACTIVE', 'PAUSED', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "issue_status" AS ENUM ('BACKLOG', 'TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED', 'DONE', 'CANCELLED');

-- CreateEnum
CREATE TYPE "priority" AS ENUM ('CRITICAL', 'HIGH', 'MEDIUM', 'LOW');

-- CreateEnum
CREATE TYPE "actor_type" AS ENUM ('USER', 'AGENT', 'SYSTEM');

-- CreateEnum
CREATE TYPE "billing_type" AS ENUM ('METERED_API', 'SUBSCRIPTION_INCLUDED', 'SUBSCRIPTION_OVERAGE', 'CREDITS', 'FIXED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "cost_status" AS ENUM ('REPORTED', 'UNPRICED');

-- CreateEnum
CREATE TYPE "goal_level" AS ENUM ('COMPANY', 'TEAM', 'AGENT', 'TASK');

-- CreateEnum
CREATE TYPE "goal_status" AS ENUM ('PLANNED', 'ACTIVE', 'ACHIEVED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "project_status" AS ENUM ('BACKLOG', 'PLANNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "run_status" AS ENUM ('QUEUED', 'SCHEDULED_RETRY', 'RUNNING', 'SUCCEEDED', 'INTERRUPTED', 'FAILED', 'CANCELLED', 'TIMED_OUT');

-- CreateEnum
CREATE TYPE "wake_source" AS ENUM ('TIMER', 'ASSIGNMENT', 'ON_DEMAND', 'AUTOMATION');

-- CreateEnum
CREATE TYPE "wake_status" AS ENUM ('QUEUED', 'DEFERRED', 'CLAIMED', 'COALESCED', 'SKIPPED', 'COMPLETED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "log_stream" AS ENUM ('STDOUT', 'STDERR', 'SYSTEM');

-- CreateEnum
CREATE TYPE "transcript_kind" AS ENUM ('INIT', 'ASSISTANT', 'THINKING', 'TOOL_CALL', 'TOOL_RESULT', 'USER', 'RESULT', 'SYSTEM', 'ERROR');

-- CreateTable
CREATE TABLE "agent" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "agent_role" NOT NULL DEFAULT 'GENERAL',
    "title" TEXT,
    "capabilities" TEXT,
    "status" "agent_status" NOT NULL DEFAULT 'IDLE',
    "manager_id" UUID,
    "adapter_type" TEXT NOT NULL,
    "adapter_config" JSONB NOT NULL DEFAULT '{}',
    "heartbeat_enabled" BOOLEAN NOT NULL DEFAULT false,
    "heartbeat_interval_sec" INTEGER NOT NULL DEFAULT 3600,
    "heartbeat_when_idle" BOOLEAN NOT NULL DEFAULT false,
    "next_heartbeat_at" TIMESTAMPTZ(3),
    "max_concurrent_runs" INTEGER NOT NULL DEFAULT 20,
    "pause_reason" "pause_reason",
    "paused_at" TIMESTAMPTZ(3),
    "error_message" TEXT,
    "last_run_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_key" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_session" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "adapter_type" TEXT NOT NULL,
    "task_key" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "display_id" TEXT,
    "last_run_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instance" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "signing_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "company_id" UUID NOT NULL,
    "principal" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "result_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("company_id","principal","key")
);

-- CreateTable
CREATE TABLE "company" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "prefix" TEXT NOT NULL,
    "status" "company_status" NOT NULL DEFAULT 'ACTIVE',
    "brand_color" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "status" "issue_status" NOT NULL DEFAULT 'BACKLOG',
    "priority" "priority" NOT NULL DEFAULT 'MEDIUM',
    "project_id" UUID,
    "goal_id" UUID,
    "parent_id" UUID,
    "assignee_id" UUID,
    "assignee_user_id" UUID,
    "holder_run_id" UUID,
    "holder_status" "run_status",
    "request_depth" INTEGER NOT NULL DEFAULT 0,
    "billing_code" TEXT,
    "creator_type" "actor_type" NOT NULL,
    "creator_id" UUID,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue_blocker" (
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "blocker_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "issue_blocker_pkey" PRIMARY KEY ("issue_id","blocker_id")
);

-- CreateTable
CREATE TABLE "label" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "label_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue_label" (
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "label_id" UUID NOT NULL,

    CONSTRAINT "issue_label_pkey" PRIMARY KEY ("issue_id","label_id")
);

-- CreateTable
CREATE TABLE "comment" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "author_type" "actor_type" NOT NULL,
    "author_id" UUID,
    "run_id" UUID,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cost_event" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "issue_id" UUID,
    "project_id" UUID,
    "goal_id" UUID,
    "run_id" UUID,
    "billing_code" TEXT,
    "provider" TEXT NOT NULL,
    "biller" TEXT NOT NULL,
    "billing_type" "billing_type" NOT NULL DEFAULT 'UNKNOWN',
    "model" TEXT NOT NULL,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "cached_input_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_micros" BIGINT,
    "cost_status" "cost_status" NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cost_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "txid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "company_id" UUID NOT NULL,
    "actor_type" "actor_type" NOT NULL,
    "actor_id" UUID,
    "run_id" UUID,
    "action" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "issue_id" UUID,
    "agent_id" UUID,
    "details" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "goal" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "level" "goal_level" NOT NULL DEFAULT 'COMPANY',
    "status" "goal_status" NOT NULL DEFAULT 'PLANNED',
    "parent_id" UUID,
    "owner_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "goal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "status" "project_status" NOT NULL DEFAULT 'BACKLOG',
    "color" TEXT NOT NULL,
    "goal_id" UUID,
    "lead_id" UUID,
    "target_date" DATE,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "agent_id" UUID NOT NULL,
    "issue_id" UUID,
    "status" "run_status" NOT NULL DEFAULT 'QUEUED',
    "source" "wake_source" NOT NULL,
    "reason" TEXT,
    "adapter_type" TEXT NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "available_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "context" JSONB NOT NULL DEFAULT '{}',
    "coalesced_count" INTEGER NOT NULL DEFAULT 0,
    "worker_id" UUID,
    "lease_token" INTEGER NOT NULL DEFAULT 0,
    "lease_expires_at" TIMESTAMPTZ(3),
    "host_id" TEXT,
    "pid" INTEGER,
    "execution" JSONB,
    "invocation" JSONB,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "exit_code" INTEGER,
    "signal" TEXT,
    "error_code" TEXT,
    "error_message" TEXT,
    "summary" TEXT,
    "input_tokens" BIGINT,
    "cached_input_tokens" BIGINT,
    "output_tokens" BIGINT,
    "cost_micros" BIGINT,
    "provider" TEXT,
    "model" TEXT,
    "session_before" TEXT,
    "session_after" TEXT,
    "retry_of_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_log" (
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "stream" "log_stream" NOT NULL,
    "offset" BIGINT NOT NULL,
    "byte_size" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_log_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "run_transcript" (
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" "transcript_kind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "text" TEXT NOT NULL,
    "tool" TEXT,
    "tool_call_id" TEXT,
    "is_error" BOOLEAN NOT NULL DEFAULT false,
    "data" JSONB,

    CONSTRAINT "run_transcript_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "run_event" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "data" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wakeup" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "issue_id" UUID,
    "run_id" UUID,
    "source" "wake_source" NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "wake_status" NOT NULL,
    "skip_reason" TEXT,
    "coalesced_count" INTEGER NOT NULL DEFAULT 0,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "requester_type" "actor_type" NOT NULL,
    "requester_id" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "wakeup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" UUID NOT NULL,
    "host_id" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "process_start" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "agent_company_id_created_at_id_idx" ON "agent"("company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "agent_company_id_manager_id_idx" ON "agent"("company_id", "manager_id");

-- CreateIndex
CREATE INDEX "agent_next_heartbeat_at_idx" ON "agent"("next_heartbeat_at") WHERE (heartbeat_enabled);

-- CreateIndex
CREATE UNIQUE INDEX "agent_company_id_id_key" ON "agent"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_key_hash_key" ON "agent_key"("hash");

-- CreateIndex
CREATE INDEX "agent_key_agent_id_created_at_id_idx" ON "agent_key"("agent_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_session_agent_id_adapter_type_task_key_key" ON "agent_session"("agent_id", "adapter_type", "task_key");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "company_prefix_key" ON "company"("prefix");

-- CreateIndex
CREATE INDEX "company_created_at_id_idx" ON "company"("created_at", "id");

-- CreateIndex
CREATE INDEX "issue_company_id_created_at_id_idx" ON "issue"("company_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "issue_company_id_updated_at_id_idx" ON "issue"("company_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "issue_company_id_priority_id_idx" ON "issue"("company_id", "priority", "id");

-- CreateIndex
CREATE INDEX "issue_company_id_status_created_at_id_idx" ON "issue"("company_id", "status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "issue_assignee_id_status_idx" ON "issue"("assignee_id", "status") WHERE (assignee_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "issue_project_id_created_at_id_idx" ON "issue"("project_id", "created_at" DESC, "id" DESC) WHERE (project_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "issue_parent_id_created_at_id_idx" ON "issue"("parent_id", "created_at", "id") WHERE (parent_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "issue_goal_id_idx" ON "issue"("goal_id") WHERE (goal_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "issue_holder_run_id_idx" ON "issue"("holder_run_id") WHERE (holder_run_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "issue_title_trgm" ON "issue" USING GIN ("title" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "issue_company_id_id_key" ON "issue"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "issue_company_id_number_key" ON "issue"("company_id", "number");

-- CreateIndex
CREATE INDEX "issue_blocker_blocker_id_idx" ON "issue_blocker"("blocker_id");

-- CreateIndex
CREATE UNIQUE INDEX "label_company_id_id_key" ON "label"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "label_company_id_name_key" ON "label"("company_id", "name");

-- CreateIndex
CREATE INDEX "issue_label_label_id_idx" ON "issue_label"("label_id");

-- CreateIndex
CREATE INDEX "comment_issue_id_created_at_id_idx" ON "comment"("issue_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "cost_event_company_id_occurred_at_idx" ON "cost_event"("company_id", "occurred_at");

-- CreateIndex
CREATE INDEX "cost_event_agent_id_occurred_at_idx" ON "cost_event"("agent_id", "occurred_at");

-- CreateIndex
CREATE INDEX "cost_event_project_id_occurred_at_idx" ON "cost_event"("project_id", "occurred_at") WHERE (project_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "cost_event_issue_id_idx" ON "cost_event"("issue_id") WHERE (issue_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "cost_event_run_id_idx" ON "cost_event"("run_id") WHERE (run_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "activity_company_id_txid_seq_idx" ON "activity"("company_id", "txid", "seq");

-- CreateIndex
CREATE INDEX "activity_entity_id_txid_seq_idx" ON "activity"("entity_id", "txid", "seq");

-- CreateIndex
CREATE INDEX "activity_issue_id_txid_seq_idx" ON "activity"("issue_id", "txid", "seq") WHERE (issue_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "activity_agent_id_txid_seq_idx" ON "activity"("agent_id", "txid", "seq") WHERE (agent_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "activity_run_id_txid_seq_idx" ON "activity"("run_id", "txid", "seq") WHERE (run_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "goal_company_id_created_at_id_idx" ON "goal"("company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "goal_company_id_parent_id_idx" ON "goal"("company_id", "parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "goal_company_id_id_key" ON "goal"("company_id", "id");

-- CreateIndex
CREATE INDEX "project_company_id_created_at_id_idx" ON "project"("company_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "project_company_id_id_key" ON "project"("company_id", "id");

-- CreateIndex
CREATE INDEX "run_queue" ON "run"("available_at", "id") WHERE (status = ANY (ARRAY['QUEUED'::run_status, 'SCHEDULED_RETRY'::run_status]));

-- CreateIndex
CREATE INDEX "run_running_by_agent" ON "run"("agent_id") WHERE (status = 'RUNNING');

-- CreateIndex
CREATE INDEX "run_lease" ON "run"("lease_expires_at") WHERE (status = 'RUNNING');

-- CreateIndex
CREATE INDEX "run_company_id_created_at_id_idx" ON "run"("company_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "run_agent_id_created_at_id_idx" ON "run"("agent_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "run_issue_id_created_at_id_idx" ON "run"("issue_id", "created_at" DESC, "id" DESC) WHERE (issue_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "run_id_status_key" ON "run"("id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "run_company_id_id_key" ON "run"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "run_company_id_number_key" ON "run"("company_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "run_queued_per_issue" ON "run"("agent_id", "issue_id") WHERE (status = 'QUEUED' AND issue_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "run_queued_without_issue" ON "run"("agent_id") WHERE (status = 'QUEUED' AND issue_id IS NULL);

-- CreateIndex
CREATE INDEX "run_event_run_id_id_idx" ON "run_event"("run_id", "id");

-- CreateIndex
CREATE INDEX "wakeup_agent_id_requested_at_id_idx" ON "wakeup"("agent_id", "requested_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "wakeup_run_id_idx" ON "wakeup"("run_id") WHERE (run_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "wakeup_deferred_by_issue" ON "wakeup"("issue_id") WHERE (status = 'DEFERRED');

-- CreateIndex
CREATE UNIQUE INDEX "wakeup_deferred" ON "wakeup"("agent_id", "issue_id") WHERE (status = 'DEFERRED');

-- CreateIndex
CREATE INDEX "worker_host_id_idx" ON "worker"("host_id");

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_company_id_manager_id_fkey" FOREIGN KEY ("company_id", "manager_id") REFERENCES "agent"("company_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "agent_key" ADD CONSTRAINT "agent_key_company_id_agent_id_fkey" FOREIGN KEY ("company_id", "agent_id") REFERENCES "agent"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_session" ADD CONSTRAINT "agent_session_company_id_agent_id_fkey" FOREIGN KEY ("company_id", "agent_id") REFERENCES "agent"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_company_id_project_id_fkey" FOREIGN KEY ("company_id", "project_id") REFERENCES "project"("company_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_company_id_goal_id_fkey" FOREIGN KEY ("company_id", "goal_id") REFERENCES "goal"("company_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_company_id_parent_id_fkey" FOREIGN KEY ("company_id", "parent_id") REFERENCES "issue"("company_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_company_id_assignee_id_fkey" FOREIGN KEY ("company_id", "assignee_id") REFERENCES "agent"("company_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_assignee_user_id_fkey" FOREIGN KEY ("assignee_user_id") REFERENCES "board_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_holder_run_id_holder_status_fkey" FOREIGN KEY ("holder_run_id", "holder_status") REFERENCES "run"("id", "status") ON DELETE SET NULL ON UPDATE SET NULL;

-- AddForeignKey
ALTER TABLE "issue_blocker" ADD CONSTRAINT "issue_blocker_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_blocker" ADD CONSTRAINT "issue_blocker_company_id_blocker_id_fkey" FOREIGN KEY ("company_id", "blocker_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_label" ADD CONSTRAINT "issue_label_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_label" ADD CONSTRAINT "issue_label_company_id_label_id_fkey" FOREIGN KEY ("company_id", "label_id") REFERENCES "label"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "goal" ADD CONSTRAINT "goal_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "goal" ADD CONSTRAINT "goal_company_id_parent_id_fkey" FOREIGN KEY ("company_id", "parent_id") REFERENCES "goal"("company_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_company_id_goal_id_fkey" FOREIGN KEY ("company_id", "goal_id") REFERENCES "goal"("company_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_company_id_agent_id_fkey" FOREIGN KEY ("company_id", "agent_id") REFERENCES "agent"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run_log" ADD CONSTRAINT "run_log_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_transcript" ADD CONSTRAINT "run_transcript_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_event" ADD CONSTRAINT "run_event_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wakeup" ADD CONSTRAINT "wakeup_company_id_agent_id_fkey" FOREIGN KEY ("company_id", "agent_id") REFERENCES "agent"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rules that no code may break, which the Prisma schema cannot say. A check that is null passes.

-- A holder is always a running run: together with the foreign key on (id, status), a run that leaves RUNNING frees its
-- issues here, whoever changed it.
ALTER TABLE "issue"
  ADD CONSTRAINT "issue_one_assignee" CHECK ("assignee_id" IS NULL OR "assignee_user_id" IS NULL),
  ADD CONSTRAINT "issue_holder_whole" CHECK (("holder_run_id" IS NULL) = ("holder_status" IS NULL)),
  ADD CONSTRAINT "issue_holder_running" CHECK ("holder_status" = 'RUNNING'),
  ADD CONSTRAINT "issue_progress_assigned"
    CHECK ("status" <> 'IN_PROGRESS' OR "assignee_id" IS NOT NULL OR "assignee_user_id" IS NOT NULL),
  ADD CONSTRAINT "issue_request_depth" CHECK ("request_depth" BETWEEN 0 AND 1024),
  ADD CONSTRAINT "issue_not_own_parent" CHECK ("parent_id" <> "id");

ALTER TABLE "issue_blocker" ADD CONSTRAINT "issue_blocker_not_itself" CHECK ("issue_id" <> "blocker_id");

ALTER TABLE "goal" ADD CONSTRAINT "goal_not_own_parent" CHECK ("parent_id" <> "id");

ALTER TABLE "agent"
  ADD CONSTRAINT "agent_not_own_manager" CHECK ("manager_id" <> "id"),
  ADD CONSTRAINT "agent_max_concurrent_runs" CHECK ("max_concurrent_runs" BETWEEN 1 AND 50),
  ADD CONSTRAINT "agent_heartbeat_interval" CHECK ("heartbeat_interval_sec" >= 30);

ALTER TABLE "cost_event"
  ADD CONSTRAINT "cost_event_not_negative" CHECK (
    "input_tokens" >= 0 AND "cached_input_tokens" >= 0 AND "output_tokens" >= 0
    AND ("cost_micros" IS NULL OR "cost_micros" >= 0)),
  ADD CONSTRAINT "cost_event_unpriced" CHECK (("cost_status" = 'UNPRICED') = ("cost_micros" IS NULL));

ALTER TABLE "instance" ADD CONSTRAINT "instance_one_row" CHECK ("id" = 1);

-- Rows that every installation starts with.

INSERT INTO "board_user" ("id", "name") VALUES ('00000000-0000-7000-8000-000000000001', 'Board');

-- Four random uuids carry 488 random bits; the hash folds them into a key of 32 bytes without an extension.
INSERT INTO "instance" ("id", "signing_key") VALUES (
  1,
  sha256((gen_random_uuid()::text || gen_random_uuid() || gen_random_uuid() || gen_random_uuid())::bytea)
);
