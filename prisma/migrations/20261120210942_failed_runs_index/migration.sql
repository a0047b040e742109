-- CreateIndex
CREATE INDEX "run_failed" ON "run"("company_id", "created_at" DESC, "id" DESC) WHERE (status = ANY (ARRAY['FAILED'::run_status, 'TIMED_OUT'::run_status]));
