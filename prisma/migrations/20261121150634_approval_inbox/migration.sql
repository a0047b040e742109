-- CreateTable
CREATE TABLE "approval_inbox_state" (
    "user_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_inbox_state_pkey" PRIMARY KEY ("user_id","approval_id")
);

-- CreateIndex
CREATE INDEX "approval_inbox_state_approval_id_idx" ON "approval_inbox_state"("approval_id");

-- AddForeignKey
ALTER TABLE "approval_inbox_state" ADD CONSTRAINT "approval_inbox_state_company_id_approval_id_fkey" FOREIGN KEY ("company_id", "approval_id") REFERENCES "approval"("company_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
