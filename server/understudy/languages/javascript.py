"""JavaScript."""

from understudy.languages import Language

LANGUAGE = Language(id="javascript", suffixes=frozenset({".js", ".mjs", ".cjs"}))
