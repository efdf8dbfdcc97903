"""TypeScript."""

from understudy.languages import Language

LANGUAGE = Language(id="typescript", suffixes=frozenset({".ts", ".mts", ".cts"}))
