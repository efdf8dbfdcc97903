"""C++."""

from __future__ import annotations

from understudy.context.c_outline import CPP
from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

_BEGINNINGS = (
    r"template[ \t]*<|enum[ \t]+class\b|constexpr[ \t]+\w",
    r"(?:public|private|protected)[ \t]*:",
    r"class[ \t]+(?:[\w:]+[ \t]+){0,3}[\w:]+[ \t]*(?:[:;{\r\n]|\Z)",
    r"(?:inline[ \t]+)?namespace(?:[ \t]+[\w:]+)?[ \t]*[{\r\n]",
    r"using[ \t]+(?:namespace\b|\w+[ \t]*=|\w+::)",
    r"#[ \t]*include[ \t]*<\w+>",
)
"""Of lines that headers of C do not have outside of `#ifdef __cplusplus`."""

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
    shared=frozenset({".h"}),
    shown_by=(
        rf"\n[ \t]*+(?:{'|'.join(_BEGINNINGS)})",
        r"const[ \t]+[\w:]+[ \t]*&",
        # A function in a `struct`: in C, there are only pointers to functions.
        r"struct[ \t]+\w+[^;{}()]{0,200}\{(?:[^{}(]*+\()*?[^{}(]*+(?:(?<=\w)|(?<=\w[ \t]))"
        r"\([^()*;{}]{0,400}\)[ \t]*(?:const|noexcept|override|=[ \t]*0)?[ \t]*[;{]",
    ),
    tests=("{stem}_test.cpp", "{stem}_test.cc", "{stem}_unittest.cc", "test_{stem}.cpp"),
)
