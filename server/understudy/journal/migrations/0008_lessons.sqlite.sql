-- What is remembered of lessons beside their files: when their failure was seen, what a person said of
-- them, how they stood, and in which calls they were. Their words are in no table; `lesson` is a digest
-- of what makes two lessons the same, and `digest` one of what they say.

CREATE TABLE lessons (
    lesson TEXT PRIMARY KEY NOT NULL,
    first_us BIGINT NOT NULL,
    opened_us BIGINT NOT NULL,
    state TEXT NOT NULL
);

CREATE TABLE lesson_sightings (
    lesson TEXT NOT NULL REFERENCES lessons (lesson) ON DELETE CASCADE,
    run_id TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (lesson, run_id, at_us)
);
CREATE INDEX lesson_sightings_by_time ON lesson_sightings (at_us);

CREATE TABLE lesson_decisions (
    lesson TEXT NOT NULL,
    workspace TEXT NOT NULL,
    decision TEXT NOT NULL,
    digest TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (lesson, workspace, decision)
);

CREATE TABLE lesson_changes (
    id TEXT PRIMARY KEY NOT NULL,
    lesson TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    good REAL NOT NULL,
    total REAL NOT NULL,
    held_good REAL NOT NULL,
    held_total REAL NOT NULL
);
CREATE INDEX lesson_changes_by_time ON lesson_changes (at_us);

CREATE TABLE call_lessons (
    call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    digest TEXT NOT NULL,
    role TEXT NOT NULL,
    revision TEXT NOT NULL,
    PRIMARY KEY (call_id, lesson)
);
CREATE INDEX call_lessons_by_lesson ON call_lessons (lesson);
