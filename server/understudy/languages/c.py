"""C."""

from __future__ import annotations

from understudy.context.c_outline import C
from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="c",
    suffixes=frozenset({".c", ".h"}),
    name="C",
    fence="c",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_c",
        reliable=False,
        symbols=kinds(
            "function_definition struct_specifier union_specifier enum_specifier type_definition"
        ),
        blocks=kinds(
            "if_statement for_statement while_statement do_statement switch_statement "
            "expression_statement declaration preproc_function_def"
        ),
    ),
    outline=C,
    tests=("test_{stem}.c", "{stem}_test.c"),
)
