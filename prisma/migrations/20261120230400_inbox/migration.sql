-- The inbox looks back over the newest comments of a company.
-- CreateIndex
CREATE INDEX "comment_company_id_created_at_id_idx" ON "comment"("company_id", "created_at" DESC, "id" DESC);
