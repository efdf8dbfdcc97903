-- Of which fragments the prompt of a call was made, so that it can be told how calls with one ended.

CREATE TABLE call_fragments (
    call_id TEXT COLLATE "C" NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    fragment TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    layer TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (call_id, fragment)
);
CREATE INDEX call_fragments_by_fragment ON call_fragments (fragment, layer);
