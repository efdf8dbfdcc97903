"""C#."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="csharp",
    suffixes=frozenset({".cs", ".csx"}),
    name="C#",
    fence="csharp",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_c_sharp",
        symbols=kinds(
            "method_declaration constructor_declaration destructor_declaration "
            "property_declaration indexer_declaration operator_declaration "
            "local_function_statement class_declaration struct_declaration "
            "interface_declaration record_declaration enum_declaration "
            "delegate_declaration"
        ),
        blocks=kinds(
            "if_statement for_statement foreach_statement while_statement "
            "do_statement switch_statement try_statement using_statement "
            "lock_statement expression_statement field_declaration "
            "namespace_declaration"
        ),
    ),
    tests=("{stem}Tests.cs", "{stem}Test.cs"),
)
