"""PHP."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="php",
    suffixes=frozenset({".php", ".phtml"}),
    name="PHP",
    fence="php",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_php",
        "language_php",
        symbols=kinds(
            "function_definition method_declaration class_declaration "
            "interface_declaration trait_declaration enum_declaration"
        ),
        blocks=kinds(
            "if_statement for_statement foreach_statement while_statement "
            "do_statement switch_statement try_statement expression_statement "
            "property_declaration"
        ),
    ),
    tests=("{stem}Test.php",),
)
