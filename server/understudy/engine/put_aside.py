"""Code and tests that an edit puts aside: they stand there still, and are no longer run."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.hunks import Hunk

SKIPPED = re.compile(
    r"@(?:pytest\.mark\.|mark\.|unittest\.)?(?:skip(?:if|unless|test)?|xfail|expectedfailure)\b"
    r"|\b(?:pytest|unittest|self)\.(?:skip|xfail|skiptest|importorskip)\(|\bpytestmark\s*=|\bcollect_ignore\b"
    r"|\bt\.(?:Skip(?:f|Now)?)\(|#\[\s*(?:ignore|should_panic)\b"
    r"|(?<![.\w])(?:it|test|describe|suite|context)\.(?:skip|todo|failing|fails)\b|(?<![.\w])x(?:it|test|describe)\("
    r"|\b(?:skip|todo)\s*:\s*(?!(?:false|undefined|null)\b)\S|@(?:Disabled|Ignore)\b|\bassume(?:True|That|False)\("
    r"|\bassert\b[^\n]{0,200}\bor\s+(?:True|1)\b|\bassert\w*!?\(?\s*(?:True|true|1)\s*[,)]?\s*$",
    re.IGNORECASE,
)
"""What makes a test framework pass over a test or take its failure for a success."""
NEVER = re.compile(
    r"\b(?:if|while)\s*\(?\s*(?:0|False|false|not\s+(?:typing\.)?TYPE_CHECKING)\s*\)?\s*[:{]|^\s*#\s*if\s+0\b"
    r"|#!?\[\s*cfg\(\s*(?:any\(\s*\)|FALSE|false|not\(\s*all\(\s*\)\s*\))\s*\)"
)
"""Code that is never run or never looked at, so that nobody finds fault with it."""
_REMARK = re.compile(r"\s*(?:#(?![!\[])|//+|--|;;|\*|/\*+)\s?(.*?)\s*(?:\*/)?\s*$")
_LONG_QUOTES = ('"""', "'''")
_LETTERS = re.compile(r"\w")


def commented_out(hunks: Iterable[Hunk], *, parsed: bool) -> str:
    """The first line of code that an edit turns into a comment or a text; empty when there is none.

    A comment or a text that is opened around lines which the edit leaves alone is such a line
    itself. Where the text did not parse before (`parsed` is false), a quote may be what was missing.
    """
    for hunk in hunks:
        if opened := _opened(hunk) or (_quoted(hunk) if parsed else ""):
            return opened
        gone = Counter(_code(hunk.old)) - Counter(_code(hunk.new))
        for line in hunk.new:
            remark = _REMARK.fullmatch(line.rstrip("\r\n"))
            if remark and gone[remark[1].strip()]:
                return line.strip()
    return ""


def _code(lines: Iterable[str]) -> list[str]:
    return [line.strip() for line in lines if _LETTERS.search(line)]


def _opened(hunk: Hunk) -> str:
    """A comment that begins in what was written and does not end in it, or whose end went."""
    old, new = "".join(hunk.old), "".join(hunk.new)
    more = new.count("/*") - old.count("/*")
    if more <= new.count("*/") - old.count("*/"):
        return ""
    begins = (line for line in reversed(hunk.new) if "/*" in line)
    ends = (line for line in hunk.old if "*/" in line)
    return next(chain(begins, ends)).strip()


def _quoted(hunk: Hunk) -> str:
    """A long text that begins in what was written, and does not end in it."""
    old, new = "".join(hunk.old), "".join(hunk.new)
    for quotes in _LONG_QUOTES:
        if (new.count(quotes) - old.count(quotes)) % 2:
            return next((line.strip() for line in hunk.new if quotes in line), quotes)
    return ""
