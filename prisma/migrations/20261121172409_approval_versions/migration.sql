-- CreateTable
CREATE TABLE "approval_version" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT,
    "hire" JSONB,
    "changed" TEXT[],
    "actor_type" "actor_type" NOT NULL,
    "actor_id" UUID,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "approval_version_approval_id_number_key" ON "approval_version"("approval_id", "number");

-- AddForeignKey
ALTER TABLE "approval_version" ADD CONSTRAINT "approval_version_company_id_approval_id_fkey" FOREIGN KEY ("company_id", "approval_id") REFERENCES "approval"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is before the board, or was, is the first version that there is to be compared with: whoever put it there last, and when.
INSERT INTO "approval_version" ("id", "company_id", "approval_id", "number", "title", "body", "hire", "changed", "actor_type", "actor_id", "run_id", "created_at")
  SELECT gen_random_uuid(), p."company_id", p."id", p."revision", p."title", p."body", CASE WHEN p."type" = 'HIRE_AGENT' THEN p."payload" END, ARRAY[]::TEXT[],
    coalesce(s."actor_type", p."requester_type"), CASE WHEN s."actor_type" IS NULL THEN p."requester_id" ELSE s."actor_id" END,
    CASE WHEN s."actor_type" IS NULL THEN p."run_id" ELSE s."run_id" END, coalesce(s."created_at", p."created_at")
  FROM "approval" p LEFT JOIN LATERAL (
    SELECT a."actor_type", a."actor_id", a."run_id", a."created_at" FROM "activity" a
    WHERE a."company_id" = p."company_id" AND a."entity_id" = p."id" AND a."action" = 'approval.resubmitted' ORDER BY a."txid" DESC, a."seq" DESC LIMIT 1) s ON true;
