"""Numbered migrations. A released file never changes; what comes later is a new file."""
