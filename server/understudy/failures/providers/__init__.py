"""One provider's errors per file; each defines `ERRORS`."""
