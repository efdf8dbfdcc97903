"""Thinking that a server left in the answer, between tags or before a closing one.

Servers without a parser for a model's thinking pass it on as it stands. Where the chat template
opened the tag itself, only the closing one is in the answer.
"""

from __future__ import annotations

import re

_OPEN = re.compile(r"\s*<(think|thinking|reasoning)>", re.IGNORECASE)
_CLOSE_LINE = re.compile(r"^[ \t]*</think(?:ing)?>[ \t]*$", re.IGNORECASE | re.MULTILINE)
_FENCE = "```"


def split_thinking(text: str) -> tuple[str, str]:
    """The answer and the thinking in it.

    A tag counts only at the very start of the answer, and a closing tag without one only on a line
    of its own; neither counts behind the answer's first fence, so that code which is about such
    tags stays as it is. A tag that is never closed makes all of it thinking.
    """
    if "<" not in text:
        return text, ""
    opened = _OPEN.match(text)
    if opened:
        return _behind(text, opened.end(), opened[1])
    closed = _CLOSE_LINE.search(text)
    if closed and _FENCE not in text[: closed.start()]:
        return text[closed.end() :].lstrip("\r\n"), text[: closed.start()].strip()
    return text, ""


def never_ends(text: str) -> bool:
    """Whether the answer begins with a tag that is never closed, so that it was cut off."""
    opened = _OPEN.match(text)
    return opened is not None and f"</{opened[1]}>".lower() not in text.lower()


def _behind(text: str, start: int, tag: str) -> tuple[str, str]:
    """Cut behind the last closing tag; fences inside the thinking do not count."""
    closing = re.compile(f"</{tag}>", re.IGNORECASE)
    first = closing.search(text, start)
    if first is None:
        return "", text[start:].strip()
    fence = text.find(_FENCE, first.end())
    *_, last = closing.finditer(text, start, len(text) if fence < 0 else fence)
    return text[last.end() :].lstrip("\r\n"), text[start : last.start()].strip()
