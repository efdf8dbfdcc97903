"""Shell."""

from understudy.languages import Language

LANGUAGE = Language(id="shellscript", suffixes=frozenset({".sh", ".bash"}))
