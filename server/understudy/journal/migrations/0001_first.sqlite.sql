-- Ids are texts made by us and sort by time; times are microseconds since 1970 in UTC; yes and no
-- are 1 and 0. `level` says how much a row may hold: `metrics` is numbers, ids and fixed words.

CREATE TABLE runs (
    id TEXT PRIMARY KEY NOT NULL,
    started_us BIGINT NOT NULL,
    workspace TEXT NOT NULL,
    task TEXT NOT NULL,
    surface TEXT NOT NULL,
    language TEXT NOT NULL,
    path TEXT NOT NULL,
    line INTEGER NOT NULL,
    source TEXT NOT NULL,
    code TEXT NOT NULL,
    editor TEXT NOT NULL,
    job TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT '',
    model TEXT NOT NULL DEFAULT '',
    seconds REAL,
    reason_category TEXT NOT NULL DEFAULT '',
    cost_usd REAL NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    level TEXT NOT NULL DEFAULT 'metrics'
);
CREATE INDEX runs_by_time ON runs (started_us, id);

CREATE TABLE attempts (
    id TEXT PRIMARY KEY NOT NULL,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    model TEXT NOT NULL,
    author TEXT NOT NULL,
    status TEXT NOT NULL,
    category TEXT NOT NULL,
    seconds REAL NOT NULL
);
CREATE INDEX attempts_by_run ON attempts (run_id, number);

CREATE TABLE checks (
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    checker TEXT NOT NULL,
    status TEXT NOT NULL,
    new_count INTEGER NOT NULL,
    fixed_count INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (attempt_id, checker)
);

CREATE TABLE gates (
    attempt_id TEXT PRIMARY KEY NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    score REAL NOT NULL,
    band TEXT NOT NULL
);

CREATE TABLE gate_reasons (
    attempt_id TEXT NOT NULL REFERENCES gates (attempt_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    signal TEXT NOT NULL,
    value REAL,
    weight REAL NOT NULL,
    PRIMARY KEY (attempt_id, position)
);

CREATE TABLE gate_stops (
    attempt_id TEXT NOT NULL REFERENCES gates (attempt_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (attempt_id, position)
);

CREATE TABLE edits (
    id TEXT PRIMARY KEY NOT NULL,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    author TEXT NOT NULL,
    task TEXT NOT NULL,
    language TEXT NOT NULL,
    code TEXT NOT NULL,
    band TEXT NOT NULL,
    hash TEXT NOT NULL,
    lines_removed INTEGER NOT NULL,
    lines_added INTEGER NOT NULL,
    surface TEXT NOT NULL
);
CREATE INDEX edits_by_run ON edits (run_id);
CREATE INDEX edits_by_attempt ON edits (attempt_id);
CREATE INDEX edits_by_kind ON edits (model, task, language, author);

CREATE TABLE outcomes (
    edit_id TEXT NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
    at_us BIGINT NOT NULL,
    what TEXT NOT NULL,
    detail REAL,
    PRIMARY KEY (edit_id, at_us, what)
);

CREATE TABLE events (
    rev INTEGER PRIMARY KEY AUTOINCREMENT,
    at_us BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    number REAL
);
