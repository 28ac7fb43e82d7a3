-- The store, version 1.
--
-- Two sorts of tables. What can't be made again: article, origin, revision, body, event, event_subject and reading.
-- What follows from these, and is kept beside them so that nothing is computed while somebody waits: act, claim, span,
-- same_as, speaker, appearance, alias, tag, article_tag, claim_tag, list, totals. `dixit check` compares the second sort with
-- the first.
--
-- Times are nanoseconds since 1970-01-01T00:00:00Z. Ranges are bytes of a canonical text, `stop` exclusive.

-- Articles -----------------------------------------------------------------------------------------------------------

CREATE TABLE article (
    id        INTEGER PRIMARY KEY,       -- ascending in the order of import
    public_id TEXT    NOT NULL UNIQUE,   -- a3k7…, from the first revision's text
    revision  INTEGER NOT NULL,          -- number of the current revision, from 1
    title     TEXT    NOT NULL,
    source    TEXT,
    author    TEXT,
    url       TEXT,
    published TEXT,                      -- 2025, 2025-01 or 2025-01-23
    lang      TEXT,                      -- ISO 639-1
    words     INTEGER NOT NULL,
    imported  INTEGER NOT NULL,          -- when it first came
    removed   INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

-- What articles are known by from one import to the next.
CREATE TABLE origin (
    kind    TEXT    NOT NULL CHECK (kind IN ('url', 'guid', 'path')),
    name    TEXT    NOT NULL,
    article INTEGER NOT NULL REFERENCES article (id),
    noted   INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX origin_of_article ON origin (article);

CREATE TABLE revision (
    id       INTEGER PRIMARY KEY,
    article  INTEGER NOT NULL REFERENCES article (id),
    number   INTEGER NOT NULL,           -- from 1 in each article
    sha256   TEXT    NOT NULL,           -- of the canonical text, in hex
    importer TEXT    NOT NULL,           -- text/1
    imported INTEGER NOT NULL,
    UNIQUE (article, number)
) STRICT;
CREATE INDEX revision_by_text ON revision (sha256);

-- Apart from all else, so that nothing but opening an article ever reads these pages.
CREATE TABLE body (
    revision INTEGER PRIMARY KEY REFERENCES revision (id),
    text     TEXT NOT NULL,              -- canonical
    blocks   TEXT NOT NULL,              -- JSON: [{"kind", "range": {"start", "end"}}]
    raw      BLOB NOT NULL               -- as it came
) STRICT;

-- Plain state, no events: what has been read, and where reading stopped (a byte of the current text).
CREATE TABLE reading (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    read    INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1)),
    place   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The journal --------------------------------------------------------------------------------------------------------

CREATE TABLE event (
    seq       INTEGER PRIMARY KEY,
    id        BLOB    NOT NULL UNIQUE,   -- UUID v7, the same wherever the act is recorded
    grp       BLOB    NOT NULL,          -- UUID v7 of the act: one key press, one command
    annotator TEXT    NOT NULL,
    time      INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    payload   TEXT    NOT NULL           -- the deed as JSON, without its subjects
) STRICT;
CREATE INDEX event_of_act ON event (grp);

-- What each event changed. A subject's state is the fold of its events that aren't undone, in order.
CREATE TABLE event_subject (
    event   INTEGER NOT NULL REFERENCES event (seq),
    kind    INTEGER NOT NULL,            -- 0: an article, 1: a claim
    subject INTEGER NOT NULL,            -- article.id or claim.id
    PRIMARY KEY (event, kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_subject ON event_subject (kind, subject, event);

CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'an event never changes'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER event_subject_stays BEFORE UPDATE ON event_subject BEGIN SELECT raise(ABORT, 'an event never changes'); END;
CREATE TRIGGER event_subject_remains BEFORE DELETE ON event_subject BEGIN SELECT raise(ABORT, 'an event is never deleted'); END;

-- The acts that the events make up, and which of them are undone.
CREATE TABLE act (
    id        INTEGER PRIMARY KEY,
    grp       BLOB    NOT NULL UNIQUE,
    annotator TEXT    NOT NULL,
    time      INTEGER NOT NULL,
    kind      TEXT    NOT NULL,          -- of its first event
    summary   TEXT    NOT NULL,
    undone    INTEGER REFERENCES act (id) -- the act that took it back
) STRICT;
CREATE INDEX act_by_annotator ON act (annotator, id) WHERE kind NOT IN ('undo', 'redo');
CREATE INDEX act_to_undo ON act (annotator, id) WHERE undone IS NULL AND kind NOT IN ('undo', 'redo');
CREATE INDEX act_to_redo ON act (annotator, undone) WHERE undone IS NOT NULL;

-- Claims -------------------------------------------------------------------------------------------------------------

CREATE TABLE speaker (
    id      INTEGER PRIMARY KEY,
    article INTEGER REFERENCES article (id), -- whose speaker it is; NULL: one across the store
    kind    TEXT    NOT NULL,
    named   INTEGER NOT NULL CHECK (named IN (0, 1)),
    name    TEXT    NOT NULL,
    folded  TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX speaker_across ON speaker (folded, kind) WHERE article IS NULL;
CREATE UNIQUE INDEX speaker_within ON speaker (article, folded) WHERE article IS NOT NULL;

-- Made by hand (`event`), or found by rules: a derived row of its article's current revision and `rule_set`.
CREATE TABLE claim (
    id          INTEGER PRIMARY KEY,
    public_id   TEXT    NOT NULL UNIQUE, -- c8f2…
    article     INTEGER NOT NULL REFERENCES article (id),
    event       INTEGER REFERENCES event (seq), -- that made it; NULL where rules found it
    withdrawn   INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)), -- its event is undone
    covered     INTEGER NOT NULL DEFAULT 0 CHECK (covered IN (0, 1)), -- rules found it where a person's claim stands
    annotator   TEXT    NOT NULL,
    form        TEXT    NOT NULL,
    polarity    TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    speaker     INTEGER REFERENCES speaker (id),
    attribution TEXT,                    -- JSON: name, kind, role and aliases as this claim tells them
    anchor      TEXT    NOT NULL,
    start       INTEGER,                 -- of all its parts; NULL for an orphan
    stop        INTEGER,
    nested_in   TEXT,                    -- a public_id
    rule        TEXT,
    confidence  REAL,
    rule_set    TEXT,
    CHECK (event IS NOT NULL OR rule_set IS NOT NULL)
) STRICT;
CREATE INDEX claim_of_article ON claim (article, start);
CREATE INDEX claim_of_speaker ON claim (speaker) WHERE speaker IS NOT NULL;

-- The ranges of a claim. One that can't be placed in the current revision keeps its words, and the revision they are from.
CREATE TABLE span (
    claim    INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    role     TEXT    NOT NULL CHECK (role IN ('part', 'cue', 'mention')),
    ord      INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (id),
    start    INTEGER,
    stop     INTEGER,
    exact    TEXT    NOT NULL,
    prefix   TEXT    NOT NULL,           -- up to 32 code points
    suffix   TEXT    NOT NULL,
    PRIMARY KEY (claim, role, ord)
) STRICT, WITHOUT ROWID;

-- Claims that tell the same thing in two articles, both ways. Made by a job of its own, from the claims.
CREATE TABLE same_as (
    claim INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    PRIMARY KEY (claim, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_as_other ON same_as (other);

-- Who speaks in which article, in order of the first claim; claims that aren't rejected alone.
CREATE TABLE appearance (
    article INTEGER NOT NULL REFERENCES article (id),
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    ord     INTEGER NOT NULL,
    claims  INTEGER NOT NULL,
    role    TEXT,                        -- what this article says the speaker is
    PRIMARY KEY (article, speaker)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearance_of_speaker ON appearance (speaker, article);

-- Other names that an article gives a speaker.
CREATE TABLE alias (
    article INTEGER NOT NULL REFERENCES article (id),
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    name    TEXT    NOT NULL,
    PRIMARY KEY (article, speaker, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_of_speaker ON alias (speaker, name);

-- Tags ---------------------------------------------------------------------------------------------------------------

CREATE TABLE tag (
    id   INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;

-- Of articles that aren't removed; an article's own tags stand in its row of the list.
CREATE TABLE article_tag (
    tag     INTEGER NOT NULL REFERENCES tag (id),
    article INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (tag, article)
) STRICT, WITHOUT ROWID;

-- Of claims that aren't withdrawn, in articles that aren't removed.
CREATE TABLE claim_tag (
    claim INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    tag   INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (claim, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_by_tag ON claim_tag (tag, claim);

-- The list -----------------------------------------------------------------------------------------------------------

-- All that the list shows, sorts and filters by; articles that aren't removed, no text.
CREATE TABLE list (
    article   INTEGER PRIMARY KEY REFERENCES article (id),
    sort      INTEGER NOT NULL,          -- ascending: the newest first; the order of import decides within a date
    id        TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    source    TEXT,
    author    TEXT,
    url       TEXT,
    published TEXT,
    lang      TEXT,
    words     INTEGER NOT NULL,
    imported  INTEGER NOT NULL,
    claims    INTEGER NOT NULL,          -- that aren't rejected
    read      INTEGER NOT NULL,
    tags      TEXT    NOT NULL,          -- in order, separated by spaces, which no tag has
    speakers  TEXT    NOT NULL,          -- JSON array of names
    folded    TEXT    NOT NULL           -- a line each: title, source, author, tags, speakers
) STRICT;
CREATE INDEX list_in_order ON list (sort, article);

CREATE TABLE totals (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    articles INTEGER NOT NULL,
    claims   INTEGER NOT NULL
) STRICT;
INSERT INTO totals VALUES (1, 0, 0);

CREATE TRIGGER list_gains AFTER INSERT ON list BEGIN
    UPDATE totals SET articles = articles + 1, claims = claims + new.claims;
END;
CREATE TRIGGER list_loses AFTER DELETE ON list BEGIN
    UPDATE totals SET articles = articles - 1, claims = claims - old.claims;
END;
CREATE TRIGGER list_recounts AFTER UPDATE OF claims ON list WHEN old.claims <> new.claims BEGIN
    UPDATE totals SET claims = claims - old.claims + new.claims;
END;
