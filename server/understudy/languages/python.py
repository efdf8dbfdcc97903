"""Python."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="python",
    suffixes=frozenset({".py", ".pyi", ".pyw"}),
    name="Python",
    fence="python",
    line_comment="#",
    grammar=Grammar(
        "tree_sitter_python",
        symbols=kinds("function_definition class_definition decorated_definition"),
        blocks=kinds(
            "if_statement for_statement while_statement with_statement try_statement "
            "match_statement expression_statement import_statement "
            "import_from_statement"
        ),
    ),
    tests=("test_{stem}.py", "{stem}_test.py"),
)
