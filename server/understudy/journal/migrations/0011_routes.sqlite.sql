-- Which models a run might ask, in their order, by whose choice, and why no others. Runs that were decided
-- alike share a row. `models` is a list, `rejected` is `[["why", ["model", …]], …]`, both as JSON.
CREATE TABLE routes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    provenance TEXT NOT NULL,
    models TEXT NOT NULL,
    explored TEXT NOT NULL,
    rejected TEXT NOT NULL,
    UNIQUE (provenance, models, explored, rejected)
);
ALTER TABLE runs ADD COLUMN route INTEGER;

-- Calls of a stretch by what their prompts showed: `tier` is why a piece was shown, `*` stands for any
-- piece, and an empty one for none. `sent` and `cached` are tokens of prompts of which the provider told
-- how many were in its cache, in rows for any piece and for none.
CREATE TABLE rollup_context (
    hour INTEGER NOT NULL,
    model TEXT NOT NULL,
    tier TEXT NOT NULL,
    calls INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    tokens BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    cached BIGINT NOT NULL,
    PRIMARY KEY (hour, model, tier)
) WITHOUT ROWID;

-- The same by files. These sums go with the rows that they were made of: a file may be gone long since.
CREATE TABLE rollup_paths (
    hour INTEGER NOT NULL,
    path TEXT NOT NULL,
    calls INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    tokens BIGINT NOT NULL,
    PRIMARY KEY (hour, path)
) WITHOUT ROWID;

-- So that what is over is counted once more, with these.
UPDATE rollups SET state = 'open', at_us = 0 WHERE state IN ('closed', 'counting');

-- Whose an event is, which tells those of several machines apart in a team's database, and by what one
-- that is there already is found.
ALTER TABLE events ADD COLUMN owner TEXT NOT NULL DEFAULT '';
CREATE INDEX events_by_time ON events (at_us);

-- Up to which event they are copied, and a digest of what was copied of lessons.
ALTER TABLE push_targets ADD COLUMN events_rev INTEGER NOT NULL DEFAULT 0;
ALTER TABLE push_targets ADD COLUMN lessons TEXT NOT NULL DEFAULT '';
