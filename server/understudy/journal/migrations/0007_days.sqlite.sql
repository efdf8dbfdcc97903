-- Daily sums that outlive the rows they were made of, smaller rows, what prompts and replies said
-- (if the user wants that kept), and records of other programs.

-- Tables that are found by the ids of their rows are kept in the order of these, which is that of
-- time. `owner` is whom a run belongs to; empty on a machine of its own.
CREATE TABLE small_runs (
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
    owner TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
INSERT INTO small_runs
    SELECT id, started_us, workspace, task, surface, language, path, line, source, code, editor, job,
           status, model, seconds, reason_category, cost_usd, attempts, ''
    FROM runs ORDER BY id;
DROP TABLE runs;
ALTER TABLE small_runs RENAME TO runs;
CREATE INDEX runs_by_time ON runs (started_us);

-- Stretches of time whose sums are made: an hour, counted from 1970 in UTC, or a day of 24 hours.
-- `counting`: its sums are being made. `closed`: they stand for its rows. `open`: rows of it came
-- later, so its sums are out of date. `pruned`: rows of it may be gone, so the sums are all there is.
CREATE TABLE rollups (
    hour INTEGER PRIMARY KEY NOT NULL,
    hours INTEGER NOT NULL,
    state TEXT NOT NULL,
    at_us BIGINT NOT NULL
);

-- The sums of one model, task and language. `hour` is that of the stretch's beginning.
CREATE TABLE rollup_models (
    hour INTEGER NOT NULL,
    workspace TEXT NOT NULL,
    owner TEXT NOT NULL,
    model TEXT NOT NULL,
    task TEXT NOT NULL,
    language TEXT NOT NULL,
    runs INTEGER NOT NULL DEFAULT 0,
    solved INTEGER NOT NULL DEFAULT 0,
    at_once INTEGER NOT NULL DEFAULT 0,
    standing INTEGER NOT NULL DEFAULT 0,
    rescued INTEGER NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0,
    superseded INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    opinions INTEGER NOT NULL DEFAULT 0,
    timed INTEGER NOT NULL DEFAULT 0,
    latency_s REAL NOT NULL DEFAULT 0,
    begun INTEGER NOT NULL DEFAULT 0,
    begun_s REAL NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,
    tokens_in BIGINT NOT NULL DEFAULT 0,
    tokens_out BIGINT NOT NULL DEFAULT 0,
    tokens_cached BIGINT NOT NULL DEFAULT 0,
    usd REAL NOT NULL DEFAULT 0,
    estimated INTEGER NOT NULL DEFAULT 0,
    unpriced INTEGER NOT NULL DEFAULT 0,
    unmetered INTEGER NOT NULL DEFAULT 0,
    remembered INTEGER NOT NULL DEFAULT 0,
    offered INTEGER NOT NULL DEFAULT 0,
    applied INTEGER NOT NULL DEFAULT 0,
    judged INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,
    undone INTEGER NOT NULL DEFAULT 0,
    last_us BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (hour, workspace, owner, model, task, language)
) WITHOUT ROWID;

-- How often answers failed, by category.
CREATE TABLE rollup_failures (
    hour INTEGER NOT NULL,
    workspace TEXT NOT NULL,
    owner TEXT NOT NULL,
    model TEXT NOT NULL,
    task TEXT NOT NULL,
    language TEXT NOT NULL,
    category TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (hour, workspace, owner, model, task, language, category)
) WITHOUT ROWID;

-- How many answers took how long, in buckets that grow by a fifth.
CREATE TABLE rollup_latencies (
    hour INTEGER NOT NULL,
    workspace TEXT NOT NULL,
    owner TEXT NOT NULL,
    model TEXT NOT NULL,
    task TEXT NOT NULL,
    language TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (hour, workspace, owner, model, task, language, bucket)
) WITHOUT ROWID;

-- Runs, whoever was asked.
CREATE TABLE rollup_runs (
    hour INTEGER NOT NULL,
    workspace TEXT NOT NULL,
    owner TEXT NOT NULL,
    task TEXT NOT NULL,
    language TEXT NOT NULL,
    total INTEGER NOT NULL,
    solved INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    superseded INTEGER NOT NULL,
    PRIMARY KEY (hour, workspace, owner, task, language)
) WITHOUT ROWID;

-- The signals of verdicts and their weights, `[["parses", 0.3], …]`, are the same for very many.
CREATE TABLE gate_shapes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    signals TEXT NOT NULL UNIQUE
);
CREATE TABLE small_gates (
    attempt_id TEXT PRIMARY KEY NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    score REAL NOT NULL,
    band TEXT NOT NULL,
    stratum TEXT NOT NULL DEFAULT '',
    log_odds REAL,
    shape INTEGER,
    signal_values TEXT NOT NULL DEFAULT '[]',
    stops TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE TEMPORARY TABLE old_reasons AS
    SELECT attempt_id, json_group_array(json_array(signal, round(weight, 6))) AS signals,
           json_group_array(CASE WHEN value = round(value) THEN CAST(value AS INTEGER)
                                 ELSE round(value, 4) END) AS signal_values
    FROM (SELECT * FROM gate_reasons ORDER BY attempt_id, position)
    GROUP BY attempt_id;
CREATE TEMPORARY TABLE old_stops AS
    SELECT attempt_id, json_group_array(name) AS stops
    FROM (SELECT * FROM gate_stops ORDER BY attempt_id, position)
    GROUP BY attempt_id;
INSERT INTO gate_shapes (signals) SELECT DISTINCT signals FROM old_reasons;
INSERT INTO small_gates (attempt_id, score, band, stratum, log_odds, shape, signal_values, stops)
    SELECT g.attempt_id, g.score, g.band, g.stratum, g.log_odds, s.id,
           COALESCE(o.signal_values, '[]'), COALESCE(t.stops, '[]')
    FROM gates g
    LEFT JOIN old_reasons o ON o.attempt_id = g.attempt_id
    LEFT JOIN gate_shapes s ON s.signals = o.signals
    LEFT JOIN old_stops t ON t.attempt_id = g.attempt_id
    ORDER BY g.attempt_id;
DROP TABLE old_reasons;
DROP TABLE old_stops;
DROP TABLE gate_reasons;
DROP TABLE gate_stops;
DROP TABLE gates;
ALTER TABLE small_gates RENAME TO gates;

-- Most prompts are made of the same fragments.
CREATE TABLE fragment_sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fragments TEXT NOT NULL UNIQUE
);
CREATE TABLE fragments_used (
    set_id INTEGER NOT NULL REFERENCES fragment_sets (id) ON DELETE CASCADE,
    fragment TEXT NOT NULL,
    version INTEGER NOT NULL,
    layer TEXT NOT NULL,
    PRIMARY KEY (set_id, fragment)
) WITHOUT ROWID;
ALTER TABLE calls ADD COLUMN fragment_set INTEGER;
CREATE TEMPORARY TABLE old_sets AS
    SELECT call_id, json_group_array(json_array(fragment, version, layer)) AS fragments
    FROM (SELECT * FROM call_fragments ORDER BY call_id, fragment)
    GROUP BY call_id;
INSERT INTO fragment_sets (fragments) SELECT DISTINCT fragments FROM old_sets;
INSERT INTO fragments_used (set_id, fragment, version, layer)
    SELECT s.id, j.value ->> 0, j.value ->> 1, j.value ->> 2
    FROM fragment_sets s, json_each(s.fragments) j;
CREATE INDEX temp.old_sets_by_call ON old_sets (call_id);
UPDATE calls SET fragment_set = (
    SELECT s.id FROM old_sets o JOIN fragment_sets s ON s.fragments = o.fragments
    WHERE o.call_id = calls.id);
DROP TABLE old_sets;
DROP TABLE call_fragments;
CREATE INDEX calls_by_fragments ON calls (fragment_set);

-- What the checkers found is the same for very many attempts; only how long each took is not.
CREATE TABLE check_sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    checks TEXT NOT NULL UNIQUE
);
CREATE TABLE small_checks (
    set_id INTEGER NOT NULL REFERENCES check_sets (id) ON DELETE CASCADE,
    checker TEXT NOT NULL,
    status TEXT NOT NULL,
    new_count INTEGER NOT NULL,
    fixed_count INTEGER NOT NULL,
    PRIMARY KEY (set_id, checker)
) WITHOUT ROWID;
CREATE TEMPORARY TABLE old_checks AS
    SELECT attempt_id,
           json_group_array(json_array(checker, status, new_count, fixed_count)) AS checks,
           json_group_array(CAST(round(seconds * 1000) AS INTEGER)) AS check_ms
    FROM (SELECT * FROM checks ORDER BY attempt_id, checker)
    GROUP BY attempt_id;
INSERT INTO check_sets (checks) SELECT DISTINCT checks FROM old_checks;
INSERT INTO small_checks (set_id, checker, status, new_count, fixed_count)
    SELECT s.id, j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3
    FROM check_sets s, json_each(s.checks) j;
CREATE INDEX temp.old_checks_by_attempt ON old_checks (attempt_id);
CREATE TABLE small_attempts (
    id TEXT PRIMARY KEY NOT NULL,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    model TEXT NOT NULL,
    author TEXT NOT NULL,
    status TEXT NOT NULL,
    category TEXT NOT NULL,
    seconds REAL NOT NULL,
    check_set INTEGER,
    check_ms TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
INSERT INTO small_attempts
    SELECT a.id, a.run_id, a.number, a.model, a.author, a.status, a.category, a.seconds, s.id,
           COALESCE(o.check_ms, '[]')
    FROM attempts a
    LEFT JOIN old_checks o ON o.attempt_id = a.id
    LEFT JOIN check_sets s ON s.checks = o.checks
    ORDER BY a.id;
DROP TABLE attempts;
ALTER TABLE small_attempts RENAME TO attempts;
CREATE INDEX attempts_by_run ON attempts (run_id, number);
DROP TABLE old_checks;
DROP TABLE checks;
ALTER TABLE small_checks RENAME TO checks;

-- These are found by their keys alone, so they are kept in the keys' own order, once and not twice.
CREATE TABLE small_outcomes (
    edit_id TEXT NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
    at_us BIGINT NOT NULL,
    what TEXT NOT NULL,
    detail REAL,
    PRIMARY KEY (edit_id, at_us, what)
) WITHOUT ROWID;
INSERT INTO small_outcomes SELECT * FROM outcomes ORDER BY edit_id, at_us, what;
DROP TABLE outcomes;
ALTER TABLE small_outcomes RENAME TO outcomes;

-- The same files are shown again and again, for the same reason and in the same form.
CREATE TABLE shown (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    tier TEXT NOT NULL,
    form TEXT NOT NULL,
    UNIQUE (path, tier, form)
);
CREATE TABLE small_spans (
    call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    shown_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    PRIMARY KEY (call_id, shown_id, first, last)
) WITHOUT ROWID;
INSERT INTO shown (path, tier, form) SELECT DISTINCT path, tier, form FROM call_spans;
INSERT INTO small_spans
    SELECT c.call_id, s.id, c.first, c.last, c.tokens
    FROM call_spans c JOIN shown s ON s.path = c.path AND s.tier = c.tier AND s.form = c.form
    ORDER BY c.call_id, s.id, c.first, c.last;
DROP TABLE call_spans;
ALTER TABLE small_spans RENAME TO call_spans;

-- Edits go with their runs; nothing looks for them by their attempts or kinds.
CREATE TABLE small_edits (
    id TEXT PRIMARY KEY NOT NULL,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    attempt_id TEXT NOT NULL,
    model TEXT NOT NULL,
    author TEXT NOT NULL,
    task TEXT NOT NULL,
    language TEXT NOT NULL,
    code TEXT NOT NULL,
    band TEXT NOT NULL,
    hash TEXT NOT NULL,
    lines_removed INTEGER NOT NULL,
    lines_added INTEGER NOT NULL,
    surface TEXT NOT NULL,
    placed TEXT NOT NULL DEFAULT 'given'
) WITHOUT ROWID;
INSERT INTO small_edits SELECT * FROM edits ORDER BY id;
DROP TABLE edits;
ALTER TABLE small_edits RENAME TO edits;
CREATE INDEX edits_by_run ON edits (run_id);

-- Judgements by their time, which is all that the gate and the router look for.
CREATE INDEX outcomes_by_time ON outcomes (at_us)
    WHERE what IN ('kept', 'changed', 'undone', 'diagnostic_back');

-- Calls by their model, with what counting failures needs.
DROP INDEX calls_by_model;
CREATE INDEX calls_by_model ON calls (model, at_us, category, remembered);

-- Of the failures without a name, which are alike.
CREATE INDEX calls_unnamed ON calls (fingerprint, at_us) WHERE category = 'unknown';

-- What was sent and answered, where the user wants that kept (`journal.content`). `level` is
-- `redacted` or `full`. A text that occurs twice is kept once, under the SHA-256 of what is kept.
CREATE TABLE contents (
    sha256 TEXT PRIMARY KEY NOT NULL,
    at_us BIGINT NOT NULL,
    level TEXT NOT NULL,
    size INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX contents_by_time ON contents (at_us);
CREATE TABLE content_uses (
    subject TEXT NOT NULL,
    part TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES contents (sha256) ON DELETE CASCADE,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (subject, part)
) WITHOUT ROWID;
CREATE INDEX content_uses_by_text ON content_uses (sha256);

-- Records that were imported from another program's files, each as the JSON that it was.
CREATE TABLE imported (
    shape TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    at_us BIGINT NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (shape, name, position)
);
