"""Shell."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="shellscript",
    suffixes=frozenset({".sh", ".bash"}),
    name="Shell",
    fence="bash",
    line_comment="#",
    grammar=Grammar(
        "tree_sitter_bash",
        reliable=False,
        symbols=kinds("function_definition"),
        blocks=kinds(
            "if_statement for_statement c_style_for_statement while_statement "
            "case_statement compound_statement"
        ),
    ),
    tests=("{stem}.bats", "test_{stem}.sh", "{stem}_test.sh"),
    file_names=frozenset({".bashrc", ".bash_profile", ".profile"}),
)
