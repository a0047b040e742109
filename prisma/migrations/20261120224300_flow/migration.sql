-- A run that only answers: neither blockers nor the assignee of its issue count for it.
ALTER TABLE "run" ADD COLUMN "answers_only" BOOLEAN NOT NULL DEFAULT false;

-- The backstop for dependents, and what was asked for an issue lately.
CREATE INDEX "wakeup_issue_id_requested_at_idx" ON "wakeup"("issue_id", "requested_at" DESC) WHERE (issue_id IS NOT NULL);

-- A monitor belongs to work under way by one owner: it goes with either, by whatever path they change.
CREATE FUNCTION "clear_monitor"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status NOT IN ('IN_PROGRESS', 'IN_REVIEW') OR NEW.assignee_id IS DISTINCT FROM OLD.assignee_id THEN
    DELETE FROM issue_monitor WHERE issue_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "issue_clears_monitor" AFTER UPDATE OF "status", "assignee_id" ON "issue" FOR EACH ROW
  WHEN (NEW.status IS DISTINCT FROM OLD.status OR NEW.assignee_id IS DISTINCT FROM OLD.assignee_id)
  EXECUTE FUNCTION "clear_monitor"();
