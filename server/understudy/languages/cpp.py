"""C++."""

from __future__ import annotations

from understudy.context.c_outline import CPP
from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="cpp",
    suffixes=frozenset({".cc", ".cpp", ".cxx", ".hpp", ".hh", ".hxx"}),
    name="C++",
    fence="cpp",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_cpp",
        reliable=False,
        symbols=kinds(
            "function_definition class_specifier struct_specifier union_specifier "
            "enum_specifier type_definition template_declaration concept_definition"
        ),
        blocks=kinds(
            "if_statement for_statement for_range_loop while_statement do_statement "
            "switch_statement try_statement expression_statement declaration "
            "preproc_function_def namespace_definition"
        ),
    ),
    outline=CPP,
    tests=("{stem}_test.cpp", "{stem}_test.cc", "{stem}_unittest.cc", "test_{stem}.cpp"),
)
