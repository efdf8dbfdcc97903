-- How models were asked once more after a failure, and what came of it. `fingerprint` is that of the
-- failure that the strategy was to clear, `step` counts from 1 the askings that followed a failure of the
-- same model in the run, and `why` says how the strategy came to be chosen.

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
CREATE INDEX strategy_uses_by_time ON strategy_uses (at_us);
