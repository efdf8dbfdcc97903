"""Lines as keys: what two lines have in common when small things about them do not count."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PLAIN: Mapping[int, str] = MappingProxyType(
    {
        **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4"), "'"),
        **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"'),
        **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
        **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"), " "),
        **dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff"), ""),
        0x2026: "...",
    }
)
"""Typographic characters, by what a keyboard has for them. Those without width are nothing."""


def trimmed(line: str) -> str:
    """The line without the blanks at its end."""
    return line.rstrip()


def stripped(line: str) -> str:
    """The line without the blanks at both ends. No-break spaces are characters like others."""
    return line.strip(" \t\n\r\f\v")


def plain(line: str) -> str:
    """The line in plain quotes, dashes and single blanks, without any at its ends."""
    if not line.isascii():
        line = line.translate(PLAIN)
    return " ".join(line.split())


def plain_characters(wanted: Sequence[str], file: Sequence[str]) -> dict[int, str]:
    """The typographic characters of `wanted` for which the file has plain ones.

    A model that typed curly quotes where the file has straight ones does so in its new lines too.

    Args:
        wanted: lines that were found in a file.
        file: the lines that they were found as, one for each.
    """
    there = set("".join(file))
    seen = {ord(char) for char in set("".join(wanted)) - there if ord(char) in PLAIN}
    return {char: PLAIN[char] for char in seen}
