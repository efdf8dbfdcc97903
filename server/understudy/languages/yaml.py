"""YAML. Its tree-sitter grammar (0.7.2) crashes the process on 300 nested levels, so it is not used."""

from __future__ import annotations

from understudy.languages import Language

LANGUAGE = Language(
    id="yaml",
    suffixes=frozenset({".yaml", ".yml"}),
    name="YAML",
    fence="yaml",
    line_comment="#",
)
