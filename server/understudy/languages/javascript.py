"""JavaScript."""

from __future__ import annotations

from understudy.context.ecmascript_outline import JAVASCRIPT
from understudy.context.grammar import Grammar
from understudy.languages import ECMASCRIPT_BLOCKS, ECMASCRIPT_SYMBOLS, Language

LANGUAGE = Language(
    id="javascript",
    suffixes=frozenset({".js", ".mjs", ".cjs"}),
    name="JavaScript",
    fence="javascript",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar("tree_sitter_javascript", symbols=ECMASCRIPT_SYMBOLS, blocks=ECMASCRIPT_BLOCKS),
    outline=JAVASCRIPT,
    tests=(
        "{stem}.test.js",
        "{stem}.spec.js",
        "{stem}.test.ts",
        "{stem}.spec.ts",
        "__tests__/{stem}.js",
    ),
)
