"""Go."""

from understudy.languages import Language

LANGUAGE = Language(id="go", suffixes=frozenset({".go"}))
