"""Swift."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="swift",
    suffixes=frozenset({".swift"}),
    name="Swift",
    fence="swift",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_swift",
        symbols=kinds(
            "function_declaration init_declaration deinit_declaration "
            "subscript_declaration class_declaration protocol_declaration"
        ),
        blocks=kinds(
            "if_statement guard_statement for_statement while_statement "
            "repeat_while_statement switch_statement do_statement "
            "property_declaration"
        ),
    ),
    tests=("{stem}Tests.swift", "{stem}Test.swift"),
)
