BEGIN TRANSACTION;
CREATE TABLE allowances (
    name TEXT PRIMARY KEY NOT NULL,
    left_over REAL NOT NULL
);
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
INSERT INTO "attempts" VALUES('RELEASEDA','RELEASEDR',1,'builtin/rules','misspelt_name','offered','',0.4);
CREATE TABLE breakers (
    key TEXT PRIMARY KEY NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    category TEXT NOT NULL,
    weight REAL NOT NULL,
    since_us BIGINT NOT NULL,
    trips INTEGER NOT NULL,
    open_until_us BIGINT NOT NULL,
    probe_until_us BIGINT NOT NULL
);
CREATE TABLE call_fragments (
    call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    fragment TEXT NOT NULL,
    version INTEGER NOT NULL,
    layer TEXT NOT NULL,
    PRIMARY KEY (call_id, fragment)
);
INSERT INTO "call_fragments" VALUES('RELEASEDC','role.fix',1,'built-in');
CREATE TABLE call_spans (
    call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    tier TEXT NOT NULL,
    form TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    PRIMARY KEY (call_id, path, first, last)
);
INSERT INTO "call_spans" VALUES('RELEASEDC','shop/prices.py',3,9,'required_types','signature',21);
CREATE TABLE calls (
    id TEXT PRIMARY KEY NOT NULL,
    run_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    at_us BIGINT NOT NULL,
    model TEXT NOT NULL,
    provider TEXT NOT NULL,
    how TEXT NOT NULL,
    status TEXT NOT NULL,
    category TEXT NOT NULL,
    input_tokens INTEGER,
    cached_tokens INTEGER,
    cache_written_tokens INTEGER,
    output_tokens INTEGER,
    reasoning_tokens INTEGER,
    cost_usd REAL,
    estimated_usd REAL,
    first_token_s REAL,
    seconds REAL NOT NULL,
    remembered INTEGER NOT NULL,
    revision TEXT NOT NULL,
    edit_format TEXT NOT NULL
, requests INTEGER NOT NULL DEFAULT 1, code TEXT NOT NULL DEFAULT '', fingerprint TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '');
INSERT INTO "calls" VALUES('RELEASEDC','RELEASEDR',1,1760000000000000,'acme/large','acme','first','answered','',900,NULL,NULL,60,NULL,0.002,0.01,0.5,1.5,0,'0123456789','region',1,'','','');
CREATE TABLE checks (
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    checker TEXT NOT NULL,
    status TEXT NOT NULL,
    new_count INTEGER NOT NULL,
    fixed_count INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (attempt_id, checker)
);
INSERT INTO "checks" VALUES('RELEASEDA','ruff','done',0,1,0.1);
INSERT INTO "checks" VALUES('RELEASEDA','basedpyright','missing',0,0,0.0);
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
, placed TEXT NOT NULL DEFAULT 'given');
INSERT INTO "edits" VALUES('RELEASEDE','RELEASEDR','RELEASEDA','builtin/rules','misspelt_name','fix','python','F821','confirm','00ff00ff00ff00ff',1,1,'lsp','given');
CREATE TABLE events (
    rev INTEGER PRIMARY KEY AUTOINCREMENT,
    at_us BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    number REAL
);
INSERT INTO "events" VALUES(1,1760000000000000,'run_ended','RELEASEDR',NULL);
CREATE TABLE failure_counts (
    key TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    category TEXT NOT NULL,
    number INTEGER NOT NULL,
    at_us BIGINT NOT NULL
);
CREATE TABLE gate_reasons (
    attempt_id TEXT NOT NULL REFERENCES gates (attempt_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    signal TEXT NOT NULL,
    value REAL,
    weight REAL NOT NULL,
    PRIMARY KEY (attempt_id, position)
);
INSERT INTO "gate_reasons" VALUES('RELEASEDA',0,'target_gone',1.0,0.5);
INSERT INTO "gate_reasons" VALUES('RELEASEDA',1,'kept',NULL,0.0);
CREATE TABLE gate_stops (
    attempt_id TEXT NOT NULL REFERENCES gates (attempt_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (attempt_id, position)
);
INSERT INTO "gate_stops" VALUES('RELEASEDA',0,'size');
CREATE TABLE gates (
    attempt_id TEXT PRIMARY KEY NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    score REAL NOT NULL,
    band TEXT NOT NULL
, stratum TEXT NOT NULL DEFAULT '', log_odds REAL);
INSERT INTO "gates" VALUES('RELEASEDA',0.91,'confirm','',NULL);
CREATE TABLE outcomes (
    edit_id TEXT NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
    at_us BIGINT NOT NULL,
    what TEXT NOT NULL,
    detail REAL,
    PRIMARY KEY (edit_id, at_us, what)
);
INSERT INTO "outcomes" VALUES('RELEASEDE',1760000000000001,'offered',NULL);
INSERT INTO "outcomes" VALUES('RELEASEDE',1760000000000002,'kept',1.0);
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
INSERT INTO "runs" VALUES('RELEASEDR',1760000000000000,'0123456789abcdef','fix','lsp','python','src/my app/main.py',12,'ruff','F821','Visual-Studio-Code','RELEASEDJOB','offered','builtin/rules',0.75,'',0.0,1,'metrics');
CREATE TABLE spending (
    id TEXT PRIMARY KEY NOT NULL,
    request TEXT NOT NULL,
    provider TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    upper_usd REAL NOT NULL,
    cost_usd REAL
);
CREATE INDEX runs_by_time ON runs (started_us, id);
CREATE INDEX attempts_by_run ON attempts (run_id, number);
CREATE INDEX edits_by_run ON edits (run_id);
CREATE INDEX edits_by_attempt ON edits (attempt_id);
CREATE INDEX edits_by_kind ON edits (model, task, language, author);
CREATE INDEX calls_by_run ON calls (run_id, number);
CREATE INDEX calls_by_model ON calls (model, at_us);
CREATE INDEX calls_by_time ON calls (at_us);
CREATE INDEX failure_counts_by_owner ON failure_counts (owner);
CREATE INDEX spending_by_time ON spending (at_us);
CREATE INDEX call_fragments_by_fragment ON call_fragments (fragment, layer);
CREATE INDEX call_spans_by_path ON call_spans (path);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',1);
COMMIT;
PRAGMA user_version = 6;
