"""Java."""

from understudy.languages import Language

LANGUAGE = Language(id="java", suffixes=frozenset({".java"}))
