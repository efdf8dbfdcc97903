"""Kotlin."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="kotlin",
    suffixes=frozenset({".kt", ".kts"}),
    name="Kotlin",
    fence="kotlin",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_kotlin",
        symbols=kinds("function_declaration class_declaration object_declaration companion_object"),
        blocks=kinds(
            "if_expression when_expression for_statement while_statement "
            "do_while_statement try_expression property_declaration"
        ),
    ),
    tests=("{stem}Test.kt", "{stem}Tests.kt"),
)
