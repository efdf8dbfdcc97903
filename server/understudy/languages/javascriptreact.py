"""JavaScript with JSX."""

from __future__ import annotations

from understudy.context.ecmascript_outline import JAVASCRIPT
from understudy.context.grammar import Grammar
from understudy.languages import ECMASCRIPT_BLOCKS, ECMASCRIPT_SYMBOLS, Language

LANGUAGE = Language(
    id="javascriptreact",
    suffixes=frozenset({".jsx"}),
    name="JavaScript with JSX",
    fence="jsx",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar("tree_sitter_javascript", symbols=ECMASCRIPT_SYMBOLS, blocks=ECMASCRIPT_BLOCKS),
    outline=JAVASCRIPT,
    tests=(
        "{stem}.test.jsx",
        "{stem}.spec.jsx",
        "{stem}.test.js",
        "{stem}.spec.js",
        "__tests__/{stem}.jsx",
    ),
)
