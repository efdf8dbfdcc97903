"""Languages of prose; most of their texts hold code of others, between fences as a rule."""

from __future__ import annotations

MARKDOWN_LIKE = frozenset(
    {"markdown", "markdown.mdx", "mdx", "mdsvex", "quarto", "rmd", "rmarkdown", "pandoc", "vimwiki"}
    | {"djot", "prompt", "instructions", "chatmode", "chatagent"}
)
"""Ids of languages that are written as Markdown; the last four are VS Code's for files of prompts."""

MARKUP = MARKDOWN_LIKE | {"restructuredtext", "asciidoc", "asciidoctor", "org", "typst"}

PROSE = MARKUP | {"plaintext", "latex", "tex"}
"""Languages whose lines may all be said in other words."""
