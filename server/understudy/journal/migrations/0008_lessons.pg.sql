-- What is remembered of lessons beside their files: when their failure was seen, what a person said of
-- them, how they stood, and in which calls they were. Their words are in no table; `lesson` is a digest
-- of what makes two lessons the same, and `digest` one of what they say.

CREATE TABLE lessons (
    lesson TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    first_us BIGINT NOT NULL,
    opened_us BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL
);

CREATE TABLE lesson_sightings (
    lesson TEXT COLLATE "C" NOT NULL REFERENCES lessons (lesson) ON DELETE CASCADE,
    run_id TEXT COLLATE "C" NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (lesson, run_id, at_us)
);
CREATE INDEX lesson_sightings_by_time ON lesson_sightings (at_us);

CREATE TABLE lesson_decisions (
    lesson TEXT COLLATE "C" NOT NULL,
    workspace TEXT COLLATE "C" NOT NULL,
    decision TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (lesson, workspace, decision)
);

CREATE TABLE lesson_changes (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    lesson TEXT COLLATE "C" NOT NULL,
    at_us BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    why TEXT COLLATE "C" NOT NULL,
    good DOUBLE PRECISION NOT NULL,
    total DOUBLE PRECISION NOT NULL,
    held_good DOUBLE PRECISION NOT NULL,
    held_total DOUBLE PRECISION NOT NULL
);
CREATE INDEX lesson_changes_by_time ON lesson_changes (at_us);

CREATE TABLE call_lessons (
    call_id TEXT COLLATE "C" NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    lesson TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    revision TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (call_id, lesson)
);
CREATE INDEX call_lessons_by_lesson ON call_lessons (lesson);
