"""Go."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="go",
    suffixes=frozenset({".go"}),
    name="Go",
    fence="go",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_go",
        symbols=kinds("function_declaration method_declaration type_declaration"),
        blocks=kinds(
            "if_statement for_statement expression_switch_statement "
            "type_switch_statement select_statement import_declaration "
            "const_declaration var_declaration"
        ),
    ),
    tests=("{stem}_test.go",),
)
