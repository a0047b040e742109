-- CreateEnum
CREATE TYPE "anchor_state" AS ENUM ('ACTIVE', 'STALE', 'ORPHANED');

-- CreateEnum
CREATE TYPE "anchor_confidence" AS ENUM ('EXACT', 'DUPLICATE', 'FUZZY', 'AMBIGUOUS', 'MISSING');

-- CreateEnum
CREATE TYPE "thread_status" AS ENUM ('OPEN', 'RESOLVED');

-- CreateEnum
CREATE TYPE "reference_kind" AS ENUM ('TITLE', 'DESCRIPTION', 'COMMENT', 'DOCUMENT');

-- CreateEnum
CREATE TYPE "work_product_type" AS ENUM ('PREVIEW_URL', 'PULL_REQUEST', 'BRANCH', 'COMMIT', 'ARTIFACT', 'DOCUMENT');

-- CreateEnum
CREATE TYPE "work_product_status" AS ENUM ('DRAFT', 'ACTIVE', 'READY_FOR_REVIEW', 'APPROVED', 'CHANGES_REQUESTED', 'MERGED', 'CLOSED', 'FAILED', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "search_kind" AS ENUM ('ISSUE', 'COMMENT', 'DOCUMENT');

-- CreateEnum
CREATE TYPE "interaction_kind" AS ENUM ('SUGGEST_TASKS', 'ASK_QUESTIONS', 'CONFIRMATION', 'CHECKBOX_CONFIRMATION', 'ITEM_VERDICTS');

-- CreateEnum
CREATE TYPE "interaction_status" AS ENUM ('PENDING', 'ACCEPTED', 'REJECTED', 'ANSWERED', 'CANCELLED', 'EXPIRED', 'FAILED');

-- CreateEnum
CREATE TYPE "interaction_continuation" AS ENUM ('NONE', 'WAKE_ASSIGNEE', 'WAKE_ASSIGNEE_ON_ACCEPT');

-- CreateEnum
CREATE TYPE "decomposition_status" AS ENUM ('IN_FLIGHT', 'COMPLETED');

-- CreateEnum
CREATE TYPE "policy_stage_type" AS ENUM ('REVIEW', 'APPROVAL');

-- CreateEnum
CREATE TYPE "policy_outcome" AS ENUM ('APPROVED', 'CHANGES_REQUESTED');

-- CreateEnum
CREATE TYPE "issue_origin" AS ENUM ('MANUAL', 'PLAN', 'SUGGESTION', 'RECOVERY', 'SILENT_RUN', 'PRODUCTIVITY_REVIEW');

-- CreateEnum
CREATE TYPE "model_lane" AS ENUM ('PRIMARY', 'CHEAP');

-- CreateEnum
CREATE TYPE "hold_mode" AS ENUM ('PAUSE', 'CANCEL');

-- CreateEnum
CREATE TYPE "hold_release" AS ENUM ('MANUAL', 'AFTER_ACTIVE_RUNS_FINISH');

-- CreateEnum
CREATE TYPE "monitor_policy" AS ENUM ('WAKE_OWNER', 'CREATE_RECOVERY_ISSUE', 'ESCALATE_TO_BOARD');

-- CreateEnum
CREATE TYPE "recovery_kind" AS ENUM ('MISSING_DISPOSITION', 'STRANDED_ISSUE', 'WORKSPACE_VALIDATION', 'CONFIGURATION_VALIDATION', 'SILENT_RUN', 'GRAPH_LIVENESS', 'PRODUCTIVITY_REVIEW');

-- CreateEnum
CREATE TYPE "recovery_status" AS ENUM ('ACTIVE', 'ESCALATED', 'RESOLVED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "recovery_owner" AS ENUM ('AGENT', 'USER', 'BOARD', 'SYSTEM');

-- CreateEnum
CREATE TYPE "recovery_outcome" AS ENUM ('RESTORED', 'HANDED_BACK', 'OWNER_COMPLETED', 'DELEGATED', 'FALSE_POSITIVE', 'BLOCKED', 'ESCALATED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "watchdog_verdict" AS ENUM ('SNOOZE', 'CONTINUE', 'DISMISSED_FALSE_POSITIVE');

-- CreateEnum
CREATE TYPE "run_progress" AS ENUM ('COMPLETED', 'ADVANCED', 'PLAN_ONLY', 'EMPTY', 'BLOCKED', 'FAILED');

-- CreateEnum
CREATE TYPE "workspace_mode" AS ENUM ('SHARED_FOLDER', 'GIT_WORKTREE');

-- CreateEnum
CREATE TYPE "workspace_status" AS ENUM ('ACTIVE', 'BROKEN', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "workspace_phase" AS ENUM ('PREPARE', 'PROVISION', 'FINALIZE');

-- CreateEnum
CREATE TYPE "operation_status" AS ENUM ('RUNNING', 'SUCCEEDED', 'FAILED');

-- AlterTable
ALTER TABLE "agent" ADD COLUMN     "cheap_config" JSONB,
ADD COLUMN     "wake_on_demand" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "attachment_max_bytes" BIGINT NOT NULL DEFAULT 10485760;

-- AlterTable
ALTER TABLE "issue" ADD COLUMN     "model_lane" "model_lane",
ADD COLUMN     "origin" "issue_origin" NOT NULL DEFAULT 'MANUAL',
ADD COLUMN     "origin_id" UUID,
ADD COLUMN     "workspace_id" UUID;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "model_lane" "model_lane" NOT NULL DEFAULT 'PRIMARY',
ADD COLUMN     "progress" "run_progress",
ADD COLUMN     "retry_attempt" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "workspace_id" UUID;

-- AlterTable
ALTER TABLE "wakeup" ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "idempotency_key" TEXT;

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT,
    "body" TEXT NOT NULL,
    "latest_revision_id" UUID NOT NULL,
    "latest_number" INTEGER NOT NULL,
    "is_system" BOOLEAN NOT NULL DEFAULT false,
    "locked_at" TIMESTAMPTZ(3),
    "locked_by_id" UUID,
    "creator_type" "actor_type" NOT NULL,
    "creator_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_revision" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT,
    "body" TEXT NOT NULL,
    "change_summary" TEXT,
    "restored_from" INTEGER,
    "author_type" "actor_type" NOT NULL,
    "author_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "annotation_thread" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "status" "thread_status" NOT NULL DEFAULT 'OPEN',
    "anchor_state" "anchor_state" NOT NULL DEFAULT 'ACTIVE',
    "confidence" "anchor_confidence" NOT NULL DEFAULT 'EXACT',
    "original_revision_id" UUID NOT NULL,
    "original_number" INTEGER NOT NULL,
    "current_revision_id" UUID NOT NULL,
    "current_number" INTEGER NOT NULL,
    "quote" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "suffix" TEXT NOT NULL,
    "match_text" TEXT,
    "normalized_start" INTEGER NOT NULL,
    "normalized_end" INTEGER NOT NULL,
    "markdown_start" INTEGER NOT NULL,
    "markdown_end" INTEGER NOT NULL,
    "projection_version" INTEGER NOT NULL,
    "creator_type" "actor_type" NOT NULL,
    "creator_id" UUID,
    "resolver_type" "actor_type",
    "resolver_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "annotation_thread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "annotation_comment" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "author_type" "actor_type" NOT NULL,
    "author_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "annotation_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "annotation_snapshot" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "from_number" INTEGER NOT NULL,
    "to_number" INTEGER NOT NULL,
    "previous" JSONB NOT NULL,
    "next" JSONB,
    "state" "anchor_state" NOT NULL,
    "confidence" "anchor_confidence" NOT NULL,
    "failure_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "annotation_snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue_reference" (
    "source_issue_id" UUID NOT NULL,
    "target_issue_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "kind" "reference_kind" NOT NULL,
    "record_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "issue_reference_pkey" PRIMARY KEY ("source_issue_id","target_issue_id","kind","record_id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "comment_id" UUID,
    "filename" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "byte_size" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploader_type" "actor_type" NOT NULL,
    "uploader_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_product" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "type" "work_product_type" NOT NULL,
    "status" "work_product_status" NOT NULL DEFAULT 'ACTIVE',
    "title" TEXT NOT NULL,
    "url" TEXT,
    "provider" TEXT,
    "external_id" TEXT,
    "summary" TEXT,
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "creator_type" "actor_type" NOT NULL,
    "creator_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "work_product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox_state" (
    "user_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbox_state_pkey" PRIMARY KEY ("user_id","issue_id")
);

-- CreateTable
CREATE TABLE "search_entry" (
    "record_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "kind" "search_kind" NOT NULL,
    "words" tsvector NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "search_entry_pkey" PRIMARY KEY ("record_id")
);

-- CreateTable
CREATE TABLE "interaction" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "kind" "interaction_kind" NOT NULL,
    "status" "interaction_status" NOT NULL DEFAULT 'PENDING',
    "continuation" "interaction_continuation" NOT NULL DEFAULT 'WAKE_ASSIGNEE',
    "title" TEXT,
    "summary" TEXT,
    "payload" JSONB NOT NULL,
    "result" JSONB,
    "idempotency_key" TEXT,
    "payload_hash" TEXT NOT NULL,
    "source_comment_id" UUID,
    "source_run_id" UUID,
    "target_document_id" UUID,
    "target_revision_id" UUID,
    "supersede_on_comment" BOOLEAN NOT NULL DEFAULT true,
    "end_reason" TEXT,
    "note" TEXT,
    "creator_type" "actor_type" NOT NULL,
    "creator_id" UUID,
    "resolver_type" "actor_type",
    "resolver_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "interaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_decomposition" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "source_issue_id" UUID NOT NULL,
    "revision_id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "status" "decomposition_status" NOT NULL DEFAULT 'IN_FLIGHT',
    "children_hash" TEXT NOT NULL,
    "children" JSONB NOT NULL,
    "child_count" INTEGER NOT NULL,
    "owner_type" "actor_type" NOT NULL,
    "owner_id" UUID,
    "owner_run_id" UUID,
    "completed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_decomposition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_child" (
    "decomposition_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,

    CONSTRAINT "plan_child_pkey" PRIMARY KEY ("decomposition_id","ordinal")
);

-- CreateTable
CREATE TABLE "issue_policy" (
    "issue_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "stages" JSONB NOT NULL,
    "stage_id" TEXT,
    "participant_type" "actor_type",
    "participant_id" UUID,
    "executor_type" "actor_type",
    "executor_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "issue_policy_pkey" PRIMARY KEY ("issue_id")
);

-- CreateTable
CREATE TABLE "policy_decision" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "stage_id" TEXT NOT NULL,
    "stage_type" "policy_stage_type" NOT NULL,
    "outcome" "policy_outcome" NOT NULL,
    "body" TEXT NOT NULL,
    "actor_type" "actor_type" NOT NULL,
    "actor_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subtree_hold" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "root_issue_id" UUID NOT NULL,
    "mode" "hold_mode" NOT NULL,
    "release" "hold_release" NOT NULL DEFAULT 'MANUAL',
    "reason" TEXT,
    "creator_type" "actor_type" NOT NULL,
    "creator_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "released_at" TIMESTAMPTZ(3),
    "releaser_type" "actor_type",
    "releaser_id" UUID,

    CONSTRAINT "subtree_hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subtree_hold_member" (
    "hold_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "previous_status" "issue_status" NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "subtree_hold_member_pkey" PRIMARY KEY ("hold_id","issue_id")
);

-- CreateTable
CREATE TABLE "issue_monitor" (
    "issue_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "next_check_at" TIMESTAMPTZ(3),
    "notes" TEXT,
    "service_name" TEXT,
    "external_ref" TEXT,
    "timeout_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER,
    "policy" "monitor_policy" NOT NULL DEFAULT 'WAKE_OWNER',
    "fired_at" TIMESTAMPTZ(3),
    "creator_type" "actor_type" NOT NULL,
    "creator_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "issue_monitor_pkey" PRIMARY KEY ("issue_id")
);

-- CreateTable
CREATE TABLE "recovery_action" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "recovery_issue_id" UUID,
    "run_id" UUID,
    "kind" "recovery_kind" NOT NULL,
    "status" "recovery_status" NOT NULL DEFAULT 'ACTIVE',
    "owner_type" "recovery_owner" NOT NULL,
    "owner_id" UUID,
    "cause" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "next_action" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER,
    "timeout_at" TIMESTAMPTZ(3),
    "snoozed_until" TIMESTAMPTZ(3),
    "outcome" "recovery_outcome",
    "note" TEXT,
    "resolver_type" "actor_type",
    "resolver_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recovery_action_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "watchdog_decision" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "verdict" "watchdog_verdict" NOT NULL,
    "quiet_until" TIMESTAMPTZ(3),
    "reason" TEXT,
    "actor_type" "actor_type" NOT NULL,
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "watchdog_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_workspace" (
    "project_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "mode" "workspace_mode" NOT NULL,
    "path" TEXT NOT NULL,
    "base_ref" TEXT,
    "branch_template" TEXT NOT NULL DEFAULT 'boardroom/{identifier}-{slug}',
    "provision_command" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_workspace_pkey" PRIMARY KEY ("project_id")
);

-- CreateTable
CREATE TABLE "workspace" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "project_id" UUID,
    "source_issue_id" UUID,
    "mode" "workspace_mode" NOT NULL,
    "status" "workspace_status" NOT NULL DEFAULT 'ACTIVE',
    "path" TEXT,
    "repo_path" TEXT,
    "base_ref" TEXT,
    "base_commit" TEXT,
    "branch" TEXT,
    "head_commit" TEXT,
    "last_operation_id" UUID,
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_operation" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "run_id" UUID,
    "issue_id" UUID,
    "phase" "workspace_phase" NOT NULL,
    "status" "operation_status" NOT NULL DEFAULT 'RUNNING',
    "command" TEXT,
    "exit_code" INTEGER,
    "log" TEXT NOT NULL DEFAULT '',
    "error_message" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "workspace_operation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "document_issue_id_key_key" ON "document"("issue_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "document_company_id_id_key" ON "document"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "document_revision_document_id_number_key" ON "document_revision"("document_id", "number");

-- CreateIndex
CREATE INDEX "annotation_thread_document_id_created_at_id_idx" ON "annotation_thread"("document_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "annotation_thread_issue_id_status_idx" ON "annotation_thread"("issue_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "annotation_thread_company_id_id_key" ON "annotation_thread"("company_id", "id");

-- CreateIndex
CREATE INDEX "annotation_comment_thread_id_created_at_id_idx" ON "annotation_comment"("thread_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "annotation_snapshot_thread_id_to_number_key" ON "annotation_snapshot"("thread_id", "to_number");

-- CreateIndex
CREATE INDEX "issue_reference_target_issue_id_created_at_idx" ON "issue_reference"("target_issue_id", "created_at");

-- CreateIndex
CREATE INDEX "attachment_issue_id_created_at_id_idx" ON "attachment"("issue_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "attachment_sha256_idx" ON "attachment"("sha256");

-- CreateIndex
CREATE INDEX "work_product_issue_id_created_at_id_idx" ON "work_product"("issue_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "work_product_external" ON "work_product"("issue_id", "provider", "external_id") WHERE (external_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "inbox_state_issue_id_idx" ON "inbox_state"("issue_id");

-- CreateIndex
CREATE INDEX "search_entry_words_idx" ON "search_entry" USING GIN ("words");

-- CreateIndex
CREATE INDEX "search_entry_issue_id_idx" ON "search_entry"("issue_id");

-- CreateIndex
CREATE INDEX "interaction_issue_id_created_at_id_idx" ON "interaction"("issue_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "interaction_pending" ON "interaction"("company_id", "created_at" DESC, "id" DESC) WHERE (status = 'PENDING');

-- CreateIndex
CREATE UNIQUE INDEX "interaction_company_id_id_key" ON "interaction"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "interaction_key" ON "interaction"("issue_id", "idempotency_key") WHERE (idempotency_key IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "plan_decomposition_company_id_id_key" ON "plan_decomposition"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "plan_decomposition_company_id_source_issue_id_revision_id_key" ON "plan_decomposition"("company_id", "source_issue_id", "revision_id");

-- CreateIndex
CREATE UNIQUE INDEX "plan_child_issue_id_key" ON "plan_child"("issue_id");

-- CreateIndex
CREATE UNIQUE INDEX "issue_policy_company_id_issue_id_key" ON "issue_policy"("company_id", "issue_id");

-- CreateIndex
CREATE INDEX "policy_decision_issue_id_created_at_id_idx" ON "policy_decision"("issue_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "subtree_hold_company_id_id_key" ON "subtree_hold"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "subtree_hold_active" ON "subtree_hold"("root_issue_id") WHERE (released_at IS NULL);

-- CreateIndex
CREATE INDEX "subtree_hold_member_issue_id_idx" ON "subtree_hold_member"("issue_id") WHERE (is_active);

-- CreateIndex
CREATE INDEX "issue_monitor_next_check_at_idx" ON "issue_monitor"("next_check_at") WHERE (next_check_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "issue_monitor_company_id_issue_id_key" ON "issue_monitor"("company_id", "issue_id");

-- CreateIndex
CREATE INDEX "recovery_action_open" ON "recovery_action"("company_id", "created_at" DESC, "id" DESC) WHERE (status IN ('ACTIVE', 'ESCALATED'));

-- CreateIndex
CREATE INDEX "recovery_action_issue_id_created_at_id_idx" ON "recovery_action"("issue_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "recovery_action_company_id_id_key" ON "recovery_action"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "recovery_action_active" ON "recovery_action"("issue_id") WHERE (status IN ('ACTIVE', 'ESCALATED'));

-- CreateIndex
CREATE INDEX "watchdog_decision_run_id_created_at_idx" ON "watchdog_decision"("run_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "project_workspace_company_id_project_id_key" ON "project_workspace"("company_id", "project_id");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_company_id_id_key" ON "workspace"("company_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workspace_of_issue" ON "workspace"("source_issue_id") WHERE (source_issue_id IS NOT NULL AND status <> 'ARCHIVED');

-- CreateIndex
CREATE UNIQUE INDEX "workspace_of_project" ON "workspace"("project_id") WHERE (source_issue_id IS NULL AND status <> 'ARCHIVED');

-- CreateIndex
CREATE INDEX "workspace_operation_workspace_id_started_at_id_idx" ON "workspace_operation"("workspace_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "workspace_operation_run_id_idx" ON "workspace_operation"("run_id") WHERE (run_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "workspace_operation_company_id_id_key" ON "workspace_operation"("company_id", "id");

-- CreateIndex
CREATE INDEX "issue_workspace_id_idx" ON "issue"("workspace_id") WHERE (workspace_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "issue_origin_open" ON "issue"("origin", "origin_id") WHERE (origin IN ('RECOVERY', 'SILENT_RUN', 'PRODUCTIVITY_REVIEW') AND status NOT IN ('DONE', 'CANCELLED'));

-- CreateIndex
CREATE UNIQUE INDEX "wakeup_key" ON "wakeup"("agent_id", "idempotency_key") WHERE (idempotency_key IS NOT NULL);

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_revision" ADD CONSTRAINT "document_revision_company_id_document_id_fkey" FOREIGN KEY ("company_id", "document_id") REFERENCES "document"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation_thread" ADD CONSTRAINT "annotation_thread_company_id_document_id_fkey" FOREIGN KEY ("company_id", "document_id") REFERENCES "document"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation_comment" ADD CONSTRAINT "annotation_comment_company_id_thread_id_fkey" FOREIGN KEY ("company_id", "thread_id") REFERENCES "annotation_thread"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation_snapshot" ADD CONSTRAINT "annotation_snapshot_company_id_thread_id_fkey" FOREIGN KEY ("company_id", "thread_id") REFERENCES "annotation_thread"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_reference" ADD CONSTRAINT "issue_reference_company_id_source_issue_id_fkey" FOREIGN KEY ("company_id", "source_issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_reference" ADD CONSTRAINT "issue_reference_company_id_target_issue_id_fkey" FOREIGN KEY ("company_id", "target_issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_product" ADD CONSTRAINT "work_product_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbox_state" ADD CONSTRAINT "inbox_state_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_entry" ADD CONSTRAINT "search_entry_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_decomposition" ADD CONSTRAINT "plan_decomposition_company_id_source_issue_id_fkey" FOREIGN KEY ("company_id", "source_issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_decomposition" ADD CONSTRAINT "plan_decomposition_company_id_interaction_id_fkey" FOREIGN KEY ("company_id", "interaction_id") REFERENCES "interaction"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_child" ADD CONSTRAINT "plan_child_company_id_decomposition_id_fkey" FOREIGN KEY ("company_id", "decomposition_id") REFERENCES "plan_decomposition"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_child" ADD CONSTRAINT "plan_child_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_policy" ADD CONSTRAINT "issue_policy_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_decision" ADD CONSTRAINT "policy_decision_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_company_id_workspace_id_fkey" FOREIGN KEY ("company_id", "workspace_id") REFERENCES "workspace"("company_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "subtree_hold" ADD CONSTRAINT "subtree_hold_company_id_root_issue_id_fkey" FOREIGN KEY ("company_id", "root_issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subtree_hold_member" ADD CONSTRAINT "subtree_hold_member_company_id_hold_id_fkey" FOREIGN KEY ("company_id", "hold_id") REFERENCES "subtree_hold"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subtree_hold_member" ADD CONSTRAINT "subtree_hold_member_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_monitor" ADD CONSTRAINT "issue_monitor_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_action" ADD CONSTRAINT "recovery_action_company_id_issue_id_fkey" FOREIGN KEY ("company_id", "issue_id") REFERENCES "issue"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watchdog_decision" ADD CONSTRAINT "watchdog_decision_company_id_run_id_fkey" FOREIGN KEY ("company_id", "run_id") REFERENCES "run"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_workspace" ADD CONSTRAINT "project_workspace_company_id_project_id_fkey" FOREIGN KEY ("company_id", "project_id") REFERENCES "project"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_operation" ADD CONSTRAINT "workspace_operation_company_id_workspace_id_fkey" FOREIGN KEY ("company_id", "workspace_id") REFERENCES "workspace"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
