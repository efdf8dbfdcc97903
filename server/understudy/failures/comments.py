"""Which lines are nothing but a comment, and what it says."""

from __future__ import annotations

import re

_LONGEST = 200
"""Longer lines are not looked at, which bounds the patterns."""
_SLASHES = re.compile(r"\s*(?://+!?|/\*+!?|\*(?=[\s/])|\{\s?/\*+)(?P<said>.*)")
_HASH = re.compile(r"\s*#+(?P<said>.*)")
_DASHES = re.compile(r"\s*--+(?!>)(?P<said>.*)")
_MARKUP = re.compile(r"\s*(?:<!--|\{/\*)(?P<said>.*)")
_SEMICOLON = re.compile(r"\s*;+(?P<said>.*)")
_PERCENT = re.compile(r"\s*%+(?P<said>.*)")
_NONE = re.compile(r"(?!)(?P<said>)")
_SIGNS = {
    _HASH: "python shellscript ruby perl yaml toml makefile dockerfile r elixir julia coffeescript"
    " powershell nix terraform dotenv cmake",
    _DASHES: "sql lua haskell ada elm",
    _MARKUP: "html xml vue svelte",
    _SEMICOLON: "ini lisp clojure scheme asm",
    _PERCENT: "latex tex erlang matlab",
    _NONE: "markdown mdx plaintext restructuredtext asciidoc json gherkin",
}
_SIGN_OF = {language: sign for sign, languages in _SIGNS.items() for language in languages.split()}
_ENDS = re.compile(r"\s*(?:\*+/\s*\}?|-->)?\s*\Z")
_DIRECTIVE = re.compile(
    r"[\s:!@#]*(?:type:|noqa|nosec|pylint|flake8|ruff|mypy|pyright|pragma|fmt:|isort|eslint|tslint"
    r"|ts-|jshint|prettier|biome|nolint|go:|\+build|clang-|rubocop|shellcheck|phpcs|checkstyle"
    r"|suppress|region\b|endregion\b|-\*-|/usr/|/bin/|copyright|spdx|licen[cs]e)",
    re.IGNORECASE,
)


def comment_in(line: str, language: str) -> str:
    """What a line that is a comment alone says; empty for code, blank lines and prose.

    Args:
        line: without its end.
        language: an LSP language id; an unknown one counts as one of those with `//`.
    """
    if len(line) > _LONGEST:
        return ""
    found = _SIGN_OF.get(language, _SLASHES).match(line)
    return _ENDS.sub("", found["said"]).strip() if found else ""


def is_directive(said: str) -> bool:
    """Whether a comment is meant for a tool, or says whose the file is."""
    return _DIRECTIVE.match(said) is not None
