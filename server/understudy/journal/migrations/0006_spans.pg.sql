-- Which pieces of the workspace the prompt of a call showed, so that it can be told which are of use.

CREATE TABLE call_spans (
    call_id TEXT COLLATE "C" NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    path TEXT COLLATE "C" NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    tier TEXT COLLATE "C" NOT NULL,
    form TEXT COLLATE "C" NOT NULL,
    tokens BIGINT NOT NULL,
    PRIMARY KEY (call_id, path, first, last)
);
CREATE INDEX call_spans_by_path ON call_spans (path);
