-- What a failed call was, so that failures can be counted and unknown ones be given a name: the code
-- of the provider or tool, a fingerprint, and for unknown ones the general words of the message.

ALTER TABLE calls ADD COLUMN requests BIGINT NOT NULL DEFAULT 1;
ALTER TABLE calls ADD COLUMN code TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN fingerprint TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN words TEXT COLLATE "C" NOT NULL DEFAULT '';
