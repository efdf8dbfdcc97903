"""Rust."""

from understudy.languages import Language

LANGUAGE = Language(id="rust", suffixes=frozenset({".rs"}))
