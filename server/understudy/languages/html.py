"""HTML."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="html",
    suffixes=frozenset({".html", ".htm"}),
    name="HTML",
    fence="html",
    block_comment=("<!--", "-->"),
    grammar=Grammar("tree_sitter_html", blocks=kinds("element script_element style_element")),
)
