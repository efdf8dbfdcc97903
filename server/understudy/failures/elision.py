"""Comments that stand for code which a model left out, and bodies that only say what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.lines import real_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 200
"""Such lines are short; longer ones are not looked at, which keeps the patterns cheap."""

_COMMENT = re.compile(r"\s*(?:#|//|/\*|\*|--|<!--|;|%|\{/\*)")
_DOTS = re.compile(r"\s*(?:#|//|/\*|--|<!--|;|%|\{/\*)\s*(?:\.{3}|\u2026)\s*(?:\*/\}?|-->)?\s*")
_MARKED = re.compile(r"\s*[\[(<]?(?:\.{3}|\u2026)\s?\w")
"""Dots in front of words stand for code even without a comment's sign; a spread has no space."""
_WORD = re.compile(r"[\w']+")

_PART = r"(?:code|file|class|function|method|module|implementation|body|content|logic|import|line|test)s?"
_STAYS = (
    r"(?:is|are|remains?|stays?|goes|unchanged|unmodified|omitted|here|the|same|as|before"
    r"|above|below|it|was|for|brevity)"
)
_AS_BEFORE = (
    r"(?:same as (?:before|above|(?:in )?(?:the )?original|it was)"
    r"|(?:(?:is|are|remains?|stays?|left|kept) )?(?:unchanged|unmodified|as is|as before)"
    r"|(?:remains?|stays?) the same|no changes?|(?:code )?(?:snip|snipped|omitted)(?: for \w+)?)"
)
_LEFT_OUT = re.compile(
    rf"(?:and |\.\.\. )?(?:keep |the |your |all |any )*(?:"
    rf"{_AS_BEFORE}(?: {_STAYS})*|"
    rf"(?:rest|remainder) of (?:the |your |this |my )?(?:\w+ )?{_PART}(?: {_STAYS})*"
    rf"|existing (?:\w+ )?{_PART}(?: {_STAYS})*"
    rf"|(?:remaining|other|previous|unchanged|same|original) (?:\w+ )?{_PART}(?: {_STAYS})+"
    rf"|(?:rest|everything else|{_PART})(?: {_STAYS})+"
    r"|(?:to be )?continue[sd](?: in (?:the |my )?(?:next|following) \w+)?(?: here| below)+)"
)
_OF_CODE = frozenset(
    [
        "remaining",
        "rest",
        "remainder",
        "existing",
        "original",
        "originally",
        "previous",
        "previously",
        "same",
        "other",
        "others",
        "old",
        "current",
        "unchanged",
        "etc",
        "code",
        "logic",
        "implementation",
        "body",
        "content",
        "contents",
        "stuff",
        "lines",
        "statements",
        "snip",
        "omitted",
        "elided",
        "abbreviated",
        "continued",
        "continues",
        "unverändert",
        "rest",
        "wie",
        "zuvor",
        "bisher",
        "gleich",
        "gleiche",
        "übrige",
        "übriger",
        "restlicher",
        "ausgelassen",
        "gekürzt",
        "inchangé",
        "inchangée",
        "reste",
        "identique",
        "igual",
        "resto",
        "sin",
        "cambios",
        "mismo",
        "código",
        "código",
    ]
)
"""Words for code that is there already, each of which says by itself what a comment stands for."""
_LITTLE = frozenset(
    [
        "the",
        "your",
        "my",
        "our",
        "this",
        "that",
        "of",
        "in",
        "on",
        "to",
        "for",
        "from",
        "and",
        "or",
        "so",
        "as",
        "is",
        "are",
        "was",
        "it",
        "its",
        "here",
        "there",
        "above",
        "below",
        "goes",
        "go",
        "stays",
        "stay",
        "remains",
        "remain",
        "keep",
        "kept",
        "more",
        "all",
        "any",
        "every",
        "before",
        "function",
        "method",
        "file",
        "class",
        "module",
        "part",
        "block",
        "loop",
        "import",
        "imports",
        "test",
        "tests",
        "same",
        "with",
        "der",
        "die",
        "das",
        "code",
        "bleibt",
        "wird",
        "vom",
        "du",
        "de",
        "la",
        "le",
        "el",
        "los",
        "las",
        "como",
        "und",
    ]
)
_TO_DO = re.compile(
    r"\s*(?:#|//|/\*|--)\s*(?:TODO|FIXME)\b.*|\s*(?:#|//|/\*|--)\s*(?:implement(?:ation)? (?:me|this|here|goes here))\b.*",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\s*(?:pass|\.\.\.|raise NotImplementedError(?:\(.{0,100}\))?|throw new \w{0,40}(?:Error|Exception)\(.{0,100}\);?"
    r"|(?:todo|unimplemented)!\(.{0,100}\);?|panic\(.{0,100}\)|return(?: (?:None|null|nil|undefined|0|false))?;?)\s*"
)
_OPENS_BLOCK = re.compile(r".*(?:[:{]|\b(?:do|then))\s*")
_CLOSES_BLOCK = re.compile(r"\s*(?:[})\]]|end\b|fi\b|done\b)")


def is_elision(line: str) -> bool:
    """Whether a line says that code goes on here which is not written down.

    Words are needed, or a comment of dots alone: an `Ellipsis`, a spread and a `TODO` are none.
    """
    if len(line) > _LONGEST or line.lstrip().startswith("#:"):
        return False  # `#:` begins the documentation of an attribute.
    if _DOTS.fullmatch(line):
        return True
    if not _COMMENT.match(line) and not _MARKED.match(line):
        return False
    words = _WORD.findall(line.lower())
    if "..." in line or "\u2026" in line:
        words.append("here")
    return _LEFT_OUT.fullmatch(" ".join(words)) is not None


def may_be_elision(line: str) -> bool:
    """Whether a line could be taken for one that stands for code, wherever it is, in any language."""
    bare = line.strip()
    if is_elision(line) or bare.strip("\"'") in {"...", "\u2026"}:
        return True
    return _COMMENT.match(line) is not None and says_that_code_stays(bare.strip("#/*-<>!;%{} \t"))


def says_that_code_stays(said: str) -> bool:
    """Whether a comment that took the place of code says that this code is still meant to be there.

    Dots at one of its ends do, and nothing but words such as `remaining code`. Where a comment took
    nothing's place, the same words may be a heading.

    Args:
        said: what stands behind the comment's sign.
    """
    bare = said.strip(" \t()[]<>{}")
    if bare.startswith(("...", "\u2026")) or bare.endswith(("...", "\u2026")):
        return True
    words = _WORD.findall(bare.lower())
    known = [word for word in words if word in _OF_CODE]
    return bool(known) and all(word in _OF_CODE or word in _LITTLE for word in words)


def left_out(gone: Sequence[str], come: Sequence[str]) -> str:
    """The first new line that stands for real ones which it took the place of; empty for none.

    Where no line went away, it stands for nothing.

    Args:
        gone: the lines of one place before an edit.
        come: the lines there afterwards.
    """
    found = [line for line in come if line not in gone and is_elision(line)]
    if found and real_lines(gone) > real_lines(come) - len(found):
        return found[0].strip()
    return ""


def is_to_do(line: str) -> bool:
    """Whether a line is a comment that says what is still to be written."""
    return len(line) <= _LONGEST and _TO_DO.fullmatch(line) is not None


def only_promised(lines: list[str], at: int) -> bool:
    """Whether the body around the comment `lines[at]` holds nothing but promises and fillers."""
    indent = _indent(lines[at])
    above = at - 1
    while above >= 0 and _empty_or_promise(lines[above], indent):
        above -= 1
    below = at + 1
    while below < len(lines) and _empty_or_promise(lines[below], indent):
        below += 1
    opened = above >= 0 and _indent(lines[above]) < indent and _opens(lines[above])
    ended = below >= len(lines) or _indent(lines[below]) < indent or _closes(lines[below], indent)
    return opened and ended


def _empty_or_promise(line: str, indent: int) -> bool:
    if not line.strip():
        return True
    return _indent(line) == indent and (
        is_to_do(line) or (len(line) <= _LONGEST and _FILLER.fullmatch(line) is not None)
    )


def _opens(line: str) -> bool:
    return len(line) <= _LONGEST and _OPENS_BLOCK.fullmatch(line) is not None


def _closes(line: str, indent: int) -> bool:
    return _indent(line) <= indent and _CLOSES_BLOCK.match(line) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
