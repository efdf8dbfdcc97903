BEGIN TRANSACTION;
CREATE TABLE allowances (
    name TEXT PRIMARY KEY NOT NULL,
    left_over REAL NOT NULL
);
CREATE TABLE "attempts" (
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
INSERT INTO "attempts" VALUES('RELEASEDA','RELEASEDR',1,'builtin/rules','misspelt_name','offered','',0.4,1,'[0,100]');
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
CREATE TABLE call_lessons (
    call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    digest TEXT NOT NULL,
    role TEXT NOT NULL,
    revision TEXT NOT NULL,
    PRIMARY KEY (call_id, lesson)
);
INSERT INTO "call_lessons" VALUES('RELEASEDC','0123456789abcdef','fedcba9876543210','in','0a1b2c3d4e');
CREATE TABLE "call_spans" (
    call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    shown_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    PRIMARY KEY (call_id, shown_id, first, last)
) WITHOUT ROWID;
INSERT INTO "call_spans" VALUES('RELEASEDC',1,3,9,21);
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
, requests INTEGER NOT NULL DEFAULT 1, code TEXT NOT NULL DEFAULT '', fingerprint TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '', fragment_set INTEGER);
INSERT INTO "calls" VALUES('RELEASEDC','RELEASEDR',1,1760000000000000,'acme/large','acme','first','answered','',900,NULL,NULL,60,NULL,0.002,0.01,0.5,1.5,0,'0123456789','region',1,'','','',1);
CREATE TABLE check_sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    checks TEXT NOT NULL UNIQUE
);
INSERT INTO "check_sets" VALUES(1,'[["basedpyright","missing",0,0],["ruff","done",0,1]]');
CREATE TABLE "checks" (
    set_id INTEGER NOT NULL REFERENCES check_sets (id) ON DELETE CASCADE,
    checker TEXT NOT NULL,
    status TEXT NOT NULL,
    new_count INTEGER NOT NULL,
    fixed_count INTEGER NOT NULL,
    PRIMARY KEY (set_id, checker)
) WITHOUT ROWID;
INSERT INTO "checks" VALUES(1,'basedpyright','missing',0,0);
INSERT INTO "checks" VALUES(1,'ruff','done',0,1);
CREATE TABLE content_uses (
    subject TEXT NOT NULL,
    part TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES contents (sha256) ON DELETE CASCADE,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (subject, part)
) WITHOUT ROWID;
CREATE TABLE contents (
    sha256 TEXT PRIMARY KEY NOT NULL,
    at_us BIGINT NOT NULL,
    level TEXT NOT NULL,
    size INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE "edits" (
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
CREATE TABLE fragment_sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fragments TEXT NOT NULL UNIQUE
);
INSERT INTO "fragment_sets" VALUES(1,'[["role.fix",1,"built-in"]]');
CREATE TABLE fragments_used (
    set_id INTEGER NOT NULL REFERENCES fragment_sets (id) ON DELETE CASCADE,
    fragment TEXT NOT NULL,
    version INTEGER NOT NULL,
    layer TEXT NOT NULL,
    PRIMARY KEY (set_id, fragment)
) WITHOUT ROWID;
INSERT INTO "fragments_used" VALUES(1,'role.fix',1,'built-in');
CREATE TABLE gate_shapes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    signals TEXT NOT NULL UNIQUE
);
INSERT INTO "gate_shapes" VALUES(1,'[["target_gone",0.5],["kept",0.0]]');
CREATE TABLE "gates" (
    attempt_id TEXT PRIMARY KEY NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    score REAL NOT NULL,
    band TEXT NOT NULL,
    stratum TEXT NOT NULL DEFAULT '',
    log_odds REAL,
    shape INTEGER,
    signal_values TEXT NOT NULL DEFAULT '[]',
    stops TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
INSERT INTO "gates" VALUES('RELEASEDA',0.91,'confirm','',NULL,1,'[1,null]','["size"]');
CREATE TABLE imported (
    shape TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    at_us BIGINT NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (shape, name, position)
);
CREATE TABLE lesson_changes (
    id TEXT PRIMARY KEY NOT NULL,
    lesson TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    good REAL NOT NULL,
    total REAL NOT NULL,
    held_good REAL NOT NULL,
    held_total REAL NOT NULL
);
CREATE TABLE lesson_decisions (
    lesson TEXT NOT NULL,
    workspace TEXT NOT NULL,
    decision TEXT NOT NULL,
    digest TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (lesson, workspace, decision)
);
CREATE TABLE lesson_sightings (
    lesson TEXT NOT NULL REFERENCES lessons (lesson) ON DELETE CASCADE,
    run_id TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (lesson, run_id, at_us)
);
CREATE TABLE lessons (
    lesson TEXT PRIMARY KEY NOT NULL,
    first_us BIGINT NOT NULL,
    opened_us BIGINT NOT NULL,
    state TEXT NOT NULL
);
CREATE TABLE "outcomes" (
    edit_id TEXT NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
    at_us BIGINT NOT NULL,
    what TEXT NOT NULL,
    detail REAL,
    PRIMARY KEY (edit_id, at_us, what)
) WITHOUT ROWID;
INSERT INTO "outcomes" VALUES('RELEASEDE',1760000000000001,'offered',NULL);
INSERT INTO "outcomes" VALUES('RELEASEDE',1760000000000002,'kept',1.0);
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
CREATE TABLE rollups (
    hour INTEGER PRIMARY KEY NOT NULL,
    hours INTEGER NOT NULL,
    state TEXT NOT NULL,
    at_us BIGINT NOT NULL
);
CREATE TABLE "runs" (
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
INSERT INTO "runs" VALUES('RELEASEDR',1760000000000000,'0123456789abcdef','fix','lsp','python','src/my app/main.py',12,'ruff','F821','Visual-Studio-Code','RELEASEDJOB','offered','builtin/rules',0.75,'',0.0,1,'');
CREATE TABLE shown (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    tier TEXT NOT NULL,
    form TEXT NOT NULL,
    UNIQUE (path, tier, form)
);
INSERT INTO "shown" VALUES(1,'shop/prices.py','required_types','signature');
CREATE TABLE spending (
    id TEXT PRIMARY KEY NOT NULL,
    request TEXT NOT NULL,
    provider TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    upper_usd REAL NOT NULL,
    cost_usd REAL
);
CREATE TABLE strategy_uses (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    call_id TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    strategy TEXT NOT NULL,
    why TEXT NOT NULL,
    model TEXT NOT NULL,
    language TEXT NOT NULL,
    category TEXT NOT NULL,
    code TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    step INTEGER NOT NULL,
    result TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (run_id, number)
);
INSERT INTO "strategy_uses" VALUES('RELEASEDR',1,'RELEASEDC',1760000000000000,'show_finding','explored','acme/large','python','type_error','F821','0123456789abcdef',1,'cleared',120,2.0);
CREATE INDEX calls_by_run ON calls (run_id, number);
CREATE INDEX calls_by_time ON calls (at_us);
CREATE INDEX failure_counts_by_owner ON failure_counts (owner);
CREATE INDEX spending_by_time ON spending (at_us);
CREATE INDEX runs_by_time ON runs (started_us);
CREATE INDEX calls_by_fragments ON calls (fragment_set);
CREATE INDEX attempts_by_run ON attempts (run_id, number);
CREATE INDEX edits_by_run ON edits (run_id);
CREATE INDEX outcomes_by_time ON outcomes (at_us)
    WHERE what IN ('kept', 'changed', 'undone', 'diagnostic_back');
CREATE INDEX calls_by_model ON calls (model, at_us, category, remembered);
CREATE INDEX calls_unnamed ON calls (fingerprint, at_us) WHERE category = 'unknown';
CREATE INDEX contents_by_time ON contents (at_us);
CREATE INDEX content_uses_by_text ON content_uses (sha256);
CREATE INDEX lesson_sightings_by_time ON lesson_sightings (at_us);
CREATE INDEX lesson_changes_by_time ON lesson_changes (at_us);
CREATE INDEX call_lessons_by_lesson ON call_lessons (lesson);
CREATE INDEX strategy_uses_by_time ON strategy_uses (at_us);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('gate_shapes',1);
INSERT INTO "sqlite_sequence" VALUES('fragment_sets',1);
INSERT INTO "sqlite_sequence" VALUES('check_sets',1);
INSERT INTO "sqlite_sequence" VALUES('shown',1);
INSERT INTO "sqlite_sequence" VALUES('events',1);
COMMIT;
PRAGMA user_version = 9;
