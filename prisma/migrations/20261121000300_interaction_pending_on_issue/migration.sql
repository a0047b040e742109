-- CreateIndex
CREATE INDEX "interaction_pending_on_issue" ON "interaction"("issue_id") WHERE (status = 'PENDING');
