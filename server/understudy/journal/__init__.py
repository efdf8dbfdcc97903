"""The record of runs: what was tried, what was proved, and what became of it. No code is kept."""
