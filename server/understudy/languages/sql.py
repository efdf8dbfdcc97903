"""SQL, whose dialects no single grammar tells apart."""

from __future__ import annotations

from understudy.languages import Language

LANGUAGE = Language(
    id="sql",
    suffixes=frozenset({".sql"}),
    name="SQL",
    fence="sql",
    line_comment="--",
    block_comment=("/*", "*/"),
)
