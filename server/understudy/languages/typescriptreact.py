"""TypeScript with JSX."""

from __future__ import annotations

from understudy.context.ecmascript_outline import TYPESCRIPT
from understudy.context.grammar import Grammar
from understudy.languages import ECMASCRIPT_BLOCKS, ECMASCRIPT_SYMBOLS, Language

LANGUAGE = Language(
    id="typescriptreact",
    suffixes=frozenset({".tsx"}),
    name="TypeScript with JSX",
    fence="tsx",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_typescript",
        "language_tsx",
        symbols=ECMASCRIPT_SYMBOLS,
        blocks=ECMASCRIPT_BLOCKS,
    ),
    outline=TYPESCRIPT,
    tests=(
        "{stem}.test.tsx",
        "{stem}.spec.tsx",
        "{stem}.test.ts",
        "{stem}.spec.ts",
        "__tests__/{stem}.tsx",
    ),
)
