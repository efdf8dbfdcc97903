-- Calls of models over the network, and what is remembered from run to run about them. Amounts are
-- US dollars; NULL is unknown. Keys are digests, so no id or fingerprint can be read from them.

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
);
CREATE INDEX calls_by_run ON calls (run_id, number);
CREATE INDEX calls_by_model ON calls (model, at_us);
CREATE INDEX calls_by_time ON calls (at_us);

CREATE TABLE failure_counts (
    key TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    category TEXT NOT NULL,
    number INTEGER NOT NULL,
    at_us BIGINT NOT NULL
);
CREATE INDEX failure_counts_by_owner ON failure_counts (owner);

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

CREATE TABLE spending (
    id TEXT PRIMARY KEY NOT NULL,
    request TEXT NOT NULL,
    provider TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    upper_usd REAL NOT NULL,
    cost_usd REAL
);
CREATE INDEX spending_by_time ON spending (at_us);

CREATE TABLE allowances (
    name TEXT PRIMARY KEY NOT NULL,
    left_over REAL NOT NULL
);
