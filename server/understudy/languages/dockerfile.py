"""Dockerfiles."""

from __future__ import annotations

from understudy.languages import Language

LANGUAGE = Language(
    id="dockerfile",
    suffixes=frozenset({".dockerfile"}),
    name="Dockerfile",
    fence="dockerfile",
    line_comment="#",
    file_names=frozenset({"Dockerfile", "Containerfile"}),
)
