-- Of which fragments the prompt of a call was made, so that it can be told how calls with one ended.

CREATE TABLE call_fragments (
    call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    fragment TEXT NOT NULL,
    version INTEGER NOT NULL,
    layer TEXT NOT NULL,
    PRIMARY KEY (call_id, fragment)
);
CREATE INDEX call_fragments_by_fragment ON call_fragments (fragment, layer);
