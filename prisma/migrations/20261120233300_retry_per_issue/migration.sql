-- A wake looks for what waits of its agent and issue, by key and not by a walk over the queue.
CREATE INDEX "run_retry_per_issue" ON "run"("agent_id", "issue_id") WHERE (status = 'SCHEDULED_RETRY');
