"""Lua."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="lua",
    suffixes=frozenset({".lua"}),
    name="Lua",
    fence="lua",
    line_comment="--",
    block_comment=("--[[", "]]"),
    grammar=Grammar(
        "tree_sitter_lua",
        symbols=kinds("function_declaration"),
        blocks=kinds(
            "if_statement for_statement while_statement repeat_statement do_statement "
            "function_call variable_declaration assignment_statement"
        ),
    ),
    tests=("{stem}_spec.lua", "test_{stem}.lua"),
)
