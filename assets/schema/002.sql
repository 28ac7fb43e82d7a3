-- The store, version 2: what people do to claims and speakers.
--
-- Can't be made again: nothing new, it all stands in the events. What follows from these and is kept beside them: the
-- columns and tables below, but for name_key, which may hold more than it needs, and unsettled and unlinked, which say what is
-- still to be done.

-- Claims -------------------------------------------------------------------------------------------------------------

-- `speaker` says who speaks, `bearer` whose name the claim tells; they differ where speakers were merged.
ALTER TABLE claim ADD COLUMN bearer INTEGER REFERENCES speaker (id);
UPDATE claim SET bearer = speaker;
CREATE INDEX claim_of_bearer ON claim (bearer) WHERE bearer IS NOT NULL;

ALTER TABLE claim ADD COLUMN reviewer TEXT;      -- who reviewed or amended it last
ALTER TABLE claim ADD COLUMN amended  TEXT;      -- JSON: the changes that the row shows
ALTER TABLE claim ADD COLUMN base     TEXT;      -- JSON: an amended claim as rules found it
ALTER TABLE claim ADD COLUMN stale    INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)); -- rules don't find it any more

-- What claims are to each other, by hand: once for both ends. A mutual relation goes from the lesser id to the greater.
CREATE TABLE relation (
    claim    INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    other    INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    relation TEXT    NOT NULL,
    holds    INTEGER NOT NULL CHECK (holds IN (0, 1)), -- 0: they aren't the same, whatever the words say
    PRIMARY KEY (claim, other, relation)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_of_other ON relation (other);

CREATE TABLE note (
    id      INTEGER PRIMARY KEY,
    kind    INTEGER NOT NULL,            -- as in event_subject
    subject INTEGER NOT NULL,
    text    TEXT    NOT NULL,
    UNIQUE (kind, subject)
) STRICT;

-- Articles whose claims have changed since they were linked.
CREATE TABLE unlinked (article INTEGER PRIMARY KEY REFERENCES article (id)) STRICT;

-- Speakers -----------------------------------------------------------------------------------------------------------

-- A row of `speaker` is a name with those who bear it: all over the store, or in one article. Several may be one.
ALTER TABLE speaker ADD COLUMN merged     INTEGER REFERENCES speaker (id); -- whom it was merged into by hand
ALTER TABLE speaker ADD COLUMN head       INTEGER REFERENCES speaker (id); -- the row that stands for all of them; NULL: itself
ALTER TABLE speaker ADD COLUMN shown      TEXT;  -- of a head: its name, kind and role, where its row and the articles
ALTER TABLE speaker ADD COLUMN shown_kind TEXT;  -- don't tell them
ALTER TABLE speaker ADD COLUMN shown_role TEXT;
CREATE INDEX speaker_of_head ON speaker (head) WHERE head IS NOT NULL;
CREATE INDEX speaker_merged ON speaker (merged) WHERE merged IS NOT NULL;

-- What the claims of an article that aren't rejected tell of who bears a name.
CREATE TABLE bearing (
    article INTEGER NOT NULL REFERENCES article (id),
    bearer  INTEGER NOT NULL REFERENCES speaker (id),
    claims  INTEGER NOT NULL,
    roles   TEXT    NOT NULL,            -- folded words of meaning, in order, separated by spaces
    aliases TEXT    NOT NULL,            -- folded, in order, a line each
    PRIMARY KEY (article, bearer)
) STRICT, WITHOUT ROWID;
CREATE INDEX bearing_of_bearer ON bearing (bearer, article);

-- By what names that are nearly alike find each other.
CREATE TABLE name_key (
    key    TEXT    NOT NULL,
    bearer INTEGER NOT NULL REFERENCES speaker (id),
    PRIMARY KEY (key, bearer)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_key_of_bearer ON name_key (bearer);

-- Articles in which a name is somebody else's.
CREATE TABLE split (
    bearer  INTEGER NOT NULL REFERENCES speaker (id),
    article INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (bearer, article)
) STRICT, WITHOUT ROWID;

-- Articles of version 1, for which all this has yet to be written.
CREATE TABLE unsettled (article INTEGER PRIMARY KEY REFERENCES article (id)) STRICT;
INSERT INTO unsettled SELECT DISTINCT article FROM claim;
