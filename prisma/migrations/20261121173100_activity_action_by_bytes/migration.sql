-- All actions of one thing (`budget.*`) are a range of the index wherever the database lies: elsewhere than in the embedded one text
-- may be in the order of a language, in which a beginning is no range.
ALTER TABLE "activity" ALTER COLUMN "action" SET DATA TYPE TEXT COLLATE "C";
