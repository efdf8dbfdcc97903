-- An edit that was changed counts by the share of it that is left: `standing` is a sum of shares. What is
-- over is counted once more by them.
ALTER TABLE rollup_models ALTER COLUMN standing TYPE DOUBLE PRECISION;
UPDATE rollups SET state = 'open', at_us = 0 WHERE state IN ('closed', 'counting');
