"""JavaScript with JSX."""

from understudy.languages import Language

LANGUAGE = Language(id="javascriptreact", suffixes=frozenset({".jsx"}))
