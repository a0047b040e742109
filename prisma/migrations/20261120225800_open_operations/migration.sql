-- CreateIndex
CREATE INDEX "workspace_operation_open" ON "workspace_operation"("started_at") WHERE (status = 'RUNNING'::operation_status);

-- CreateIndex
CREATE INDEX "workspace_by_project" ON "workspace"("project_id", "created_at" DESC, "id" DESC) WHERE (project_id IS NOT NULL);
