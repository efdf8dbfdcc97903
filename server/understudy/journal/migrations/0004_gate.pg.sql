-- What the gate learns from: the kind of edit whose record decides whether it may be applied unseen,
-- the log-odds of the evidence alone, and how surely the edit's place was found.

ALTER TABLE gates ADD COLUMN stratum TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE gates ADD COLUMN log_odds DOUBLE PRECISION;
ALTER TABLE edits ADD COLUMN placed TEXT COLLATE "C" NOT NULL DEFAULT 'given';
