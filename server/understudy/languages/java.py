"""Java."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="java",
    suffixes=frozenset({".java"}),
    name="Java",
    fence="java",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_java",
        symbols=kinds(
            "method_declaration constructor_declaration "
            "compact_constructor_declaration class_declaration interface_declaration "
            "enum_declaration record_declaration annotation_type_declaration"
        ),
        blocks=kinds(
            "if_statement for_statement enhanced_for_statement while_statement "
            "do_statement try_statement try_with_resources_statement "
            "switch_expression synchronized_statement expression_statement "
            "field_declaration"
        ),
    ),
    tests=("{stem}Test.java", "{stem}Tests.java", "Test{stem}.java", "{stem}IT.java"),
)
