-- How models were asked once more after a failure, and what came of it. `fingerprint` is that of the
-- failure that the strategy was to clear, `step` counts from 1 the askings that followed a failure of the
-- same model in the run, and `why` says how the strategy came to be chosen.

CREATE TABLE strategy_uses (
    run_id TEXT COLLATE "C" NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    call_id TEXT COLLATE "C" NOT NULL,
    at_us BIGINT NOT NULL,
    strategy TEXT COLLATE "C" NOT NULL,
    why TEXT COLLATE "C" NOT NULL,
    model TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    category TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL,
    step BIGINT NOT NULL,
    result TEXT COLLATE "C" NOT NULL,
    tokens BIGINT NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (run_id, number)
);
CREATE INDEX strategy_uses_by_time ON strategy_uses (at_us);
