"""Frozen document state, diagnostics and their identity, paths, outside tools, secrets."""
