-- The foreign key looked up the issue that was just made, at the end of the index where all creators insert: serializable transactions
-- that create issues at once then made each other try again. A trigger takes the entries away with their issue.
-- DropForeignKey
ALTER TABLE "search_entry" DROP CONSTRAINT "search_entry_company_id_issue_id_fkey";

CREATE FUNCTION search_forget_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_entry WHERE issue_id = OLD.id;
  RETURN NULL;
END $$;

CREATE TRIGGER search_issue_gone AFTER DELETE ON issue FOR EACH ROW EXECUTE FUNCTION search_forget_issue();
