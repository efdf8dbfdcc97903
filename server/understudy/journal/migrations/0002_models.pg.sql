-- Calls of models over the network, and what is remembered from run to run about them. Amounts are
-- US dollars; NULL is unknown. Keys are digests, so no id or fingerprint can be read from them.

CREATE TABLE calls (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    run_id TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    model TEXT COLLATE "C" NOT NULL,
    provider TEXT COLLATE "C" NOT NULL,
    how TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    category TEXT COLLATE "C" NOT NULL,
    input_tokens BIGINT,
    cached_tokens BIGINT,
    cache_written_tokens BIGINT,
    output_tokens BIGINT,
    reasoning_tokens BIGINT,
    cost_usd DOUBLE PRECISION,
    estimated_usd DOUBLE PRECISION,
    first_token_s DOUBLE PRECISION,
    seconds DOUBLE PRECISION NOT NULL,
    remembered BIGINT NOT NULL,
    revision TEXT COLLATE "C" NOT NULL,
    edit_format TEXT COLLATE "C" NOT NULL
);
CREATE INDEX calls_by_run ON calls (run_id, number);
CREATE INDEX calls_by_model ON calls (model, at_us);
CREATE INDEX calls_by_time ON calls (at_us);

CREATE TABLE failure_counts (
    key TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    owner TEXT COLLATE "C" NOT NULL,
    category TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    at_us BIGINT NOT NULL
);
CREATE INDEX failure_counts_by_owner ON failure_counts (owner);

CREATE TABLE breakers (
    key TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    provider TEXT COLLATE "C" NOT NULL,
    model TEXT COLLATE "C" NOT NULL,
    category TEXT COLLATE "C" NOT NULL,
    weight DOUBLE PRECISION NOT NULL,
    since_us BIGINT NOT NULL,
    trips BIGINT NOT NULL,
    open_until_us BIGINT NOT NULL,
    probe_until_us BIGINT NOT NULL
);

CREATE TABLE spending (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    request TEXT COLLATE "C" NOT NULL,
    provider TEXT COLLATE "C" NOT NULL,
    at_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    upper_usd DOUBLE PRECISION NOT NULL,
    cost_usd DOUBLE PRECISION
);
CREATE INDEX spending_by_time ON spending (at_us);

CREATE TABLE allowances (
    name TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    left_over DOUBLE PRECISION NOT NULL
);
