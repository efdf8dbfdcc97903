"""Makefiles."""

from __future__ import annotations

from understudy.languages import Language

LANGUAGE = Language(
    id="makefile",
    suffixes=frozenset({".mk", ".mak"}),
    name="Makefile",
    fence="makefile",
    line_comment="#",
    file_names=frozenset({"Makefile", "makefile", "GNUmakefile"}),
)
