-- DropIndex
DROP INDEX "issue_goal_id_idx";

-- CreateIndex
CREATE INDEX "issue_assignee_id_created_at_id_idx" ON "issue"("assignee_id", "created_at" DESC, "id" DESC) WHERE (assignee_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "issue_goal_id_created_at_id_idx" ON "issue"("goal_id", "created_at" DESC, "id" DESC) WHERE (goal_id IS NOT NULL);
