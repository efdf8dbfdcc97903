-- Databases of teams to which runs are copied, and what is new or changed since they were. `target` is a
-- digest of where the database is. Runs up to `until` are copied in the order of their ids, and are up to
-- `swept`; what comes or changes later is listed in `unpushed`. `at_us` is when something was copied last.

CREATE TABLE push_targets (
    target TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    swept TEXT COLLATE "C" NOT NULL,
    until TEXT COLLATE "C" NOT NULL,
    at_us BIGINT NOT NULL
);

-- `revision` grows with each change, so that one that comes while a run is copied is not missed.
CREATE TABLE unpushed (
    target TEXT COLLATE "C" NOT NULL REFERENCES push_targets (target) ON DELETE CASCADE,
    run_id TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (target, run_id)
);

-- SQLite rounds such numbers, too; here only `NUMERIC` ones can be rounded to some digits.
CREATE FUNCTION round(DOUBLE PRECISION, INTEGER) RETURNS DOUBLE PRECISION
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT CAST(pg_catalog.round(CAST($1 AS NUMERIC), $2) AS DOUBLE PRECISION) $$;
