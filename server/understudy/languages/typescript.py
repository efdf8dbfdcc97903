"""TypeScript."""

from __future__ import annotations

from understudy.context.ecmascript_outline import TYPESCRIPT
from understudy.context.grammar import Grammar
from understudy.languages import ECMASCRIPT_BLOCKS, ECMASCRIPT_SYMBOLS, Language

LANGUAGE = Language(
    id="typescript",
    suffixes=frozenset({".ts", ".mts", ".cts"}),
    name="TypeScript",
    fence="typescript",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_typescript",
        "language_typescript",
        symbols=ECMASCRIPT_SYMBOLS,
        blocks=ECMASCRIPT_BLOCKS,
    ),
    outline=TYPESCRIPT,
    tests=(
        "{stem}.test.ts",
        "{stem}.spec.ts",
        "{stem}.test.tsx",
        "{stem}.spec.tsx",
        "__tests__/{stem}.ts",
    ),
)
