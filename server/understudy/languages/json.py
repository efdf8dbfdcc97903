"""JSON."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="json",
    suffixes=frozenset({".json"}),
    name="JSON",
    fence="json",
    grammar=Grammar("tree_sitter_json", blocks=kinds("object array pair")),
)
