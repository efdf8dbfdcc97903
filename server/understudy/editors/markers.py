"""What tells the folder of a project to editors that have to be told."""

from __future__ import annotations

ROOT_MARKERS = (
    ".understudy",
    "pyproject.toml",
    "package.json",
    "Cargo.toml",
    "go.mod",
    "pom.xml",
    "build.gradle",
    ".git",
)
"""Those of the languages that a checker knows, and what stands above all of them."""
