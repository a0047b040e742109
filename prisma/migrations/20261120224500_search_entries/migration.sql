-- A search is always within one company: the index finds the words of that company alone.
CREATE EXTENSION IF NOT EXISTS "btree_gin";

-- DropIndex
DROP INDEX "search_entry_words_idx";

-- CreateIndex
CREATE INDEX "search_entry_company_id_words_idx" ON "search_entry" USING GIN ("company_id", "words");

-- CreateIndex
CREATE INDEX "search_entry_company_id_updated_at_record_id_idx" ON "search_entry"("company_id", "updated_at" DESC, "record_id" DESC);

-- The words of a text. `simple`: companies write in any language, and code and names must be found as they are written, so nothing
-- is stemmed or left out; the forms of a word are found by their common beginning. Punctuation parts words, so that each part of
-- a path, an address or snake_case is one; it is named here, since what a letter is depends on the server's locale. Beyond 200,000 characters a text could outgrow what a tsvector holds.
CREATE FUNCTION search_words(body text, weight "char") RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('pg_catalog.simple', translate(left(coalesce(body, ''), 200000),
    E'!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~' || E'\u00a0\u00a1\u00ab\u00b7\u00bb\u00bf\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u202f\u2039\u203a\u2190\u2192\u21d2\u3000\u3001\u3002\u300c\u300d\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f',
    repeat(' ', 69))), weight)
$$;

CREATE FUNCTION search_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_entry (record_id, company_id, issue_id, kind, words)
  SELECT NEW.id, NEW.company_id, NEW.id, 'ISSUE',
         search_words(NEW.title, 'A') || search_words(c.prefix || ' ' || NEW.number, 'B') || search_words(NEW.description, 'B')
  FROM company c WHERE c.id = NEW.company_id
  ON CONFLICT (record_id) DO UPDATE SET words = EXCLUDED.words, updated_at = now();
  RETURN NULL;
END $$;

CREATE TRIGGER search_issue_made AFTER INSERT ON issue FOR EACH ROW EXECUTE FUNCTION search_issue();
CREATE TRIGGER search_issue_changed AFTER UPDATE OF title, description ON issue FOR EACH ROW
  WHEN (OLD.title IS DISTINCT FROM NEW.title OR OLD.description IS DISTINCT FROM NEW.description) EXECUTE FUNCTION search_issue();

CREATE FUNCTION search_comment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_entry (record_id, company_id, issue_id, kind, words)
  VALUES (NEW.id, NEW.company_id, NEW.issue_id, 'COMMENT', search_words(NEW.body, 'D'))
  ON CONFLICT (record_id) DO UPDATE SET words = EXCLUDED.words, updated_at = now();
  RETURN NULL;
END $$;

CREATE TRIGGER search_comment_made AFTER INSERT ON comment FOR EACH ROW EXECUTE FUNCTION search_comment();
CREATE TRIGGER search_comment_changed AFTER UPDATE OF body ON comment FOR EACH ROW
  WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION search_comment();

-- What Boardroom writes for itself is in no list, and not found.
CREATE FUNCTION search_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.is_system THEN
    DELETE FROM search_entry WHERE record_id = NEW.id;
    RETURN NULL;
  END IF;
  INSERT INTO search_entry (record_id, company_id, issue_id, kind, words)
  VALUES (NEW.id, NEW.company_id, NEW.issue_id, 'DOCUMENT', search_words(NEW.title, 'B') || search_words(NEW.key, 'B') || search_words(NEW.body, 'C'))
  ON CONFLICT (record_id) DO UPDATE SET words = EXCLUDED.words, updated_at = now();
  RETURN NULL;
END $$;

CREATE TRIGGER search_document_made AFTER INSERT ON document FOR EACH ROW EXECUTE FUNCTION search_document();
CREATE TRIGGER search_document_changed AFTER UPDATE OF title, key, body, is_system ON document FOR EACH ROW
  WHEN (OLD.title IS DISTINCT FROM NEW.title OR OLD.key <> NEW.key OR OLD.body IS DISTINCT FROM NEW.body OR OLD.is_system <> NEW.is_system)
  EXECUTE FUNCTION search_document();

-- With the issue its entries go by their foreign key.
CREATE FUNCTION search_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_entry WHERE record_id = OLD.id;
  RETURN NULL;
END $$;

CREATE TRIGGER search_comment_gone AFTER DELETE ON comment FOR EACH ROW EXECUTE FUNCTION search_forget();
CREATE TRIGGER search_document_gone AFTER DELETE ON document FOR EACH ROW EXECUTE FUNCTION search_forget();

-- What was written before there was a search. As old as the text is, so that what is new stays first.
INSERT INTO search_entry (record_id, company_id, issue_id, kind, words, updated_at)
SELECT i.id, i.company_id, i.id, 'ISSUE', search_words(i.title, 'A') || search_words(c.prefix || ' ' || i.number, 'B') || search_words(i.description, 'B'), i.updated_at
FROM issue i JOIN company c ON c.id = i.company_id;

INSERT INTO search_entry (record_id, company_id, issue_id, kind, words, updated_at)
SELECT c.id, c.company_id, c.issue_id, 'COMMENT', search_words(c.body, 'D'), c.created_at FROM comment c;

INSERT INTO search_entry (record_id, company_id, issue_id, kind, words, updated_at)
SELECT d.id, d.company_id, d.issue_id, 'DOCUMENT', search_words(d.title, 'B') || search_words(d.key, 'B') || search_words(d.body, 'C'), d.updated_at
FROM document d WHERE NOT d.is_system;
