-- AlterTable
ALTER TABLE "instance" ADD COLUMN     "txid_offset" BIGINT NOT NULL DEFAULT 0;

-- The place of a transaction in the log.
CREATE FUNCTION log_txid(xact xid8) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT xact::text::bigint + txid_offset FROM instance WHERE id = 1 $$;

-- AlterTable
ALTER TABLE "activity" ALTER COLUMN "txid" SET DEFAULT log_txid(pg_current_xact_id());
