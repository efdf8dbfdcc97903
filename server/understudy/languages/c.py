"""C."""

from understudy.languages import Language

LANGUAGE = Language(id="c", suffixes=frozenset({".c", ".h"}))
