-- CreateIndex
CREATE INDEX "activity_company_id_action_txid_seq_idx" ON "activity"("company_id", "action", "txid", "seq");

-- CreateIndex
CREATE INDEX "activity_created_at_idx" ON "activity" USING BRIN ("created_at");
