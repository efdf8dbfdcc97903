"""One command of `understudy` per file."""
