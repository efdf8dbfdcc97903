"""TOML."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="toml",
    suffixes=frozenset({".toml"}),
    name="TOML",
    fence="toml",
    line_comment="#",
    grammar=Grammar("tree_sitter_toml", blocks=kinds("table table_array_element pair")),
    file_names=frozenset({"Cargo.lock", "Pipfile"}),
)
