"""CSS."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="css",
    suffixes=frozenset({".css"}),
    name="CSS",
    fence="css",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_css",
        reliable=False,
        blocks=kinds("rule_set media_statement supports_statement keyframes_statement at_rule"),
    ),
)
