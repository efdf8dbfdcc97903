-- An edit that was changed counts by the share of it that is left: `standing` is a sum of shares. What is
-- over is counted once more by them.
CREATE TABLE shared_rollup_models (
    hour INTEGER NOT NULL,
    workspace TEXT NOT NULL,
    owner TEXT NOT NULL,
    model TEXT NOT NULL,
    task TEXT NOT NULL,
    language TEXT NOT NULL,
    runs INTEGER NOT NULL DEFAULT 0,
    solved INTEGER NOT NULL DEFAULT 0,
    at_once INTEGER NOT NULL DEFAULT 0,
    standing REAL NOT NULL DEFAULT 0,
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
INSERT INTO shared_rollup_models SELECT * FROM rollup_models;
DROP TABLE rollup_models;
ALTER TABLE shared_rollup_models RENAME TO rollup_models;
UPDATE rollups SET state = 'open', at_us = 0 WHERE state IN ('closed', 'counting');
