-- Which pieces of the workspace the prompt of a call showed, so that it can be told which are of use.

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
CREATE INDEX call_spans_by_path ON call_spans (path);
