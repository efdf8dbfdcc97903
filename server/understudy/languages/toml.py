"""TOML."""

from understudy.languages import Language

LANGUAGE = Language(id="toml", suffixes=frozenset({".toml"}))
