"""Python."""

from understudy.languages import Language

LANGUAGE = Language(id="python", suffixes=frozenset({".py", ".pyi", ".pyw"}))
