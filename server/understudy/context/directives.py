"""Remarks that tools read: those that make a tool look away, and those that are part of the code."""

from __future__ import annotations

import re

LOOK_AWAY = re.compile(
    # Python's: a rule or a file that is left out, and settings that hold for a file.
    r"#\s*(?:(?:ruff|flake8|pylint|isort|fmt)\s*:\s*)?no-?qa\b|#\s*nosec\b|#\s*NOSONAR\b|#\s*nopycln\b"
    r"|#\s*(?:type|ty|pyre|pytype|pyrefly)\s*[:-]?\s*(?:ignore|disable|fixme)"
    r"|#\s*(?:pyright|basedpyright|mypy|pylint|pyre|ruff|bandit|pytype)\s*:"
    r"|#\s*pyre-(?:ignore|fixme|unsafe)|#\s*pragma\s*:\s*no\b|@(?:typing\.)?no_type_check\b"
    # JavaScript's and TypeScript's.
    r"|@ts-(?:ignore|expect-error|nocheck)\b|@(?:phpstan|psalm)-(?:ignore|suppress)"
    r"|\b(?:eslint|biome|oxlint|deno-lint|tslint|jshint|jslint|stylelint|swiftlint|ktlint|rubocop|standard)"
    r"[-:]\s*(?:disable|ignore|todo)|/\*\s*(?:eslint|globals?|exported|jshint|jslint)\s|\bc8 ignore\b"
    r"|\bistanbul ignore\b|\bv8 ignore\b"
    # Attributes, annotations and pragmas of compilers.
    r"|#!?\[[^\]\n]{0,200}\b(?:allow|expect)\s*\(|@Suppress(?:Warnings|Lint)?\b|\bnoinspection\b"
    r"|#\s*pragma\s+(?:GCC|clang|warning|GCC\s+system_header)\b|\b_+[Pp]ragma\s*\("
    r"|//\s*NOLINT|//\s*nolint\b|//\s*NOSONAR\b|//\s*lint:(?:file-)?ignore\b|//\s*#nosec\b"
    r"|//\s*go:build\b|//\s*\+build\b|\bphpcs:(?:ignore|disable)\b|\bshellcheck\s+disable\b"
    r"|\bluacheck:\s*ignore|---@diagnostic\b|\b(?:codacy|sonar|pmd|checkstyle)\s*:\s*(?:disable|off|ignore)",
    re.IGNORECASE,
)
"""What makes a tool pass over a line, a rule or a whole file, as the tools' manuals name it."""
_PART_OF_THE_CODE = re.compile(
    r"#!|//go:|//\s*\+build\b|//export\b|//line\b|#cgo\b|/\*\s*#cgo\b|#\s*(?:-\*-|vim:|type:|cython:|distutils:)"
    r"|///\s*<|/\*\*?\s*@jsx|//\s*@(?:jsx|flow|ts-)|#\s*(?:frozen_string_literal|typed|encoding|coding)\s*:"
    r"|/[/*]\s*prettier-ignore|#\s*(?:fmt|yapf|isort|black)\s*:|/[/*]\s*clang-format\b|/\*\s*(?:webpack\w|[#@]__PURE__)"
    r"|/\*+\s*@(?:jest-environment|vitest-environment)|//[#@]\s*source(?:MappingURL|URL)=|//\s*(?:eslint|biome|tslint)-",
    re.IGNORECASE,
)


def is_read_by_tools(comment: str) -> bool:
    """Whether a comment says something to a compiler or a tool, so that it counts as code."""
    return bool(_PART_OF_THE_CODE.match(comment) or LOOK_AWAY.search(comment))
