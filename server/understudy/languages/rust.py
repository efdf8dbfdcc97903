"""Rust."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="rust",
    suffixes=frozenset({".rs"}),
    name="Rust",
    fence="rust",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_rust",
        symbols=kinds(
            "function_item impl_item struct_item enum_item union_item trait_item "
            "type_item macro_definition"
        ),
        blocks=kinds(
            "if_expression match_expression for_expression while_expression "
            "loop_expression unsafe_block let_declaration expression_statement "
            "use_declaration const_item static_item mod_item macro_invocation"
        ),
    ),
    tests=("{stem}_test.rs", "{stem}_tests.rs", "tests/{stem}.rs"),
)
