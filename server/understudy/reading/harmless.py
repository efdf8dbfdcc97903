"""Markdown of a model as a text that does nothing: no links, no images, no HTML, no commands.

An editor that shows Markdown loads images, follows links and may run commands. So whatever could
be one of these is written so that it is read as letters, by every reader of Markdown: fenced blocks
begin in the first column again, with fences that nothing in them closes; outside of code, no `<` and
no `[` is left that means anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.lines import split_lines
from understudy.reading.fences import fence_of, word_of
from understudy.reading.languages import is_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.reading.fences import Fence

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]"
)
"""What steers a terminal, or shows a text in another order than it has."""
_LINK = re.compile(
    r"(?<!\\)(?P<image>!?)\[(?P<text>[^\[\]\n\\]{0,300})\]"
    r"\((?:<(?P<held>[^<>\n\\]{0,500})>|(?P<bare>[^()\s<>\\]{0,500}))(?:\s[^()\n\\]{0,300})?\)"
)
_NESTED = 2
"""A link may hold an image."""
_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_TICKS = re.compile(r"`+")
_OPENING = re.compile(rf"\\`+|{_ESCAPED}|(?P<ticks>`+)")
_MEANS = re.compile(rf"{_ESCAPED}|[<\[`]|~{{3,}}|\${{2,}}")
"""What begins a tag, a link, code or a block of mathematics; what is escaped means none of it."""


def harmless(markdown: str) -> str:
    """The text, with everything in it that could do something shown as letters.

    Args:
        markdown: as a model wrote it, finished or only its beginning. A block that is not closed yet
            is closed.
    """
    lines = [_UNSEEN.sub("", line.rstrip("\r\n")) for line in split_lines(markdown)]
    return "\n".join(_shown(lines)).strip("\n") + "\n"


def plain_words(text: str, longest: int) -> str:
    """A text of a model on one line, for places that show no Markdown."""
    words = " ".join(_UNSEEN.sub(" ", text.replace("\n", " ").replace("\t", " ")).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _shown(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        opening = fence_of(lines[at])
        if opening is None:
            yield _outside(lines[at])
            at += 1
            continue
        stop = next(
            (n for n in range(at + 1, len(lines)) if _closes(lines[n], opening)), len(lines)
        )
        yield from _block(opening, lines[at + 1 : stop])
        at = stop + 1


def _closes(line: str, opening: Fence) -> bool:
    fence = fence_of(line)
    return (
        fence is not None
        and not fence.info
        and fence.marks[0] == opening.marks[0]
        and len(fence.marks) >= len(opening.marks)
    )


def _block(opening: Fence, lines: list[str]) -> Iterator[str]:
    """The block where nothing can hold it: in a list or a quotation, the next line might end it."""
    text = "\n".join(lines)
    longest = max((len(one) for one in _TICKS.findall(text)), default=0)
    marks = "`" * max(3, longest + 1)
    word = word_of(opening.info)
    # Some readers draw or run what stands in blocks of certain other names.
    yield f"{marks}{word if is_language(word) else ''}"
    indent = len(opening.lead.replace("\t", "    "))
    for line in lines:
        yield line[indent:] if not line[:indent].strip(" >") else line
    yield marks


def _outside(line: str) -> str:
    """A line that is no block of code, but may hold some code."""
    shown, end = [], 0
    for start, stop in _codes(line):
        shown += [_letters(line[end:start]), line[start:stop]]
        end = stop
    return "".join([*shown, _letters(line[end:])])


def _codes(line: str) -> Iterator[tuple[int, int]]:
    """Where code stands, told by backticks (CommonMark 0.31, 6.1), with them."""
    ends: dict[int, list[int]] = {}
    for run in reversed(list(_TICKS.finditer(line))):
        ends.setdefault(len(run[0]), []).append(run.end())
    at = 0
    while opening := _OPENING.search(line, at):
        at = opening.end()
        closing = ends.get(len(opening["ticks"] or ""), [])
        while closing and closing[-1] <= at:
            closing.pop()
        if opening["ticks"] and closing:
            yield opening.start(), closing[-1]
            at = closing[-1]


def _letters(text: str) -> str:
    """A text without code in it: links in words, and nothing else that means anything."""
    for _ in range(_NESTED):
        text = _LINK.sub(_in_words, text)
    return _MEANS.sub(_escaped, text)


def _in_words(link: re.Match[str]) -> str:
    """An image becomes its description; a link its text, and where it leads."""
    target = link["held"] or link["bare"] or ""
    if link["image"] or not target or target == link["text"]:
        return link["text"]
    return f"{link['text']} ({target})"


def _escaped(mark: re.Match[str]) -> str:
    if mark[0].startswith("\\"):
        return mark[0]
    return "&lt;" if mark[0] == "<" else "".join(f"\\{char}" for char in mark[0])
