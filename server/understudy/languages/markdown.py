"""Markdown, in which every text is right."""

from __future__ import annotations

from understudy.languages import Language

LANGUAGE = Language(
    id="markdown",
    suffixes=frozenset({".md", ".markdown"}),
    name="Markdown",
    fence="markdown",
    block_comment=("<!--", "-->"),
)
