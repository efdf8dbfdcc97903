"""The front matter of a fragment: a small part of YAML, read with the place of every word.

Keys with a text, a number or a list, `[a, b]` or a `- a` on each line, and one level of keys below a
key. Everything else is an error, never a guess. Lines end with LF, CRLF or CR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.core.text import Span
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY = re.compile(r"(?P<indent> *)(?P<key>[A-Za-z_][\w.-]*):(?:[ \t]+(?P<value>\S.*))?[ \t]*")
_ITEM = re.compile(r" *-[ \t]+(?P<value>\S.*)")
_MARK = "---"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Word:
    """A value, or one item of a list."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One key.

    Attributes:
        words: its value: one word, or the items of a list.
        is_list: whether it was written as a list.
        below: the keys below it, which then has no words.
    """

    key: Word
    words: tuple[Word, ...] = ()
    is_list: bool = False
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above a fragment's text.

    Attributes:
        entries: in their order; keys may be there twice.
        span: with both marks; empty where there is none.
        body: the offset at which the fragment's text begins.
    """

    entries: tuple[Entry, ...]
    span: Span
    body: int
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether there is any."""
        return self.span.end > self.span.start


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a file; an empty one where the first line is no `---`."""
    index = LineIndex(text)
    if index.content(0).removeprefix(_BOM).rstrip() != _MARK:
        return FrontMatter((), Span(0, 0), len(_BOM) if text.startswith(_BOM) else 0)
    end = next((n for n in range(1, len(index)) if index.content(n).rstrip() == _MARK), None)
    if end is None:
        whole = Span(0, len(text))
        message = "The front matter is never closed: a line with `---` is missing."
        trouble = Trouble(index.line_span(0), message, code="unclosed")
        return FrontMatter((), whole, len(text), (trouble,))
    reader = _Reader(index, range(1, end))
    return FrontMatter(
        tuple(reader.entries()),
        Span(0, index.start(end + 1)),
        index.start(end + 1),
        tuple(reader.troubles),
    )


class _Reader:
    def __init__(self, index: LineIndex, lines: range) -> None:
        self._index, self._lines = index, lines
        self._at = lines.start
        self.troubles: list[Trouble] = []

    def entries(self, indent: int = 0) -> Iterator[Entry]:
        """The keys from here on that stand as far in."""
        while self._at < self._lines.stop:
            content = self._index.content(self._at)
            if not content.strip() or content.lstrip().startswith("#"):
                self._at += 1
                continue
            found = _KEY.fullmatch(content)
            if found is None or len(found["indent"]) > indent:
                self._complain(content)
                continue
            if len(found["indent"]) < indent:
                return
            self._at += 1
            yield self._entry(found, indent)

    def _complain(self, content: str) -> None:
        start = self._index.start(self._at)
        span = Span(start, start + len(content))
        message = "This is neither `key: value` nor an item of a list."
        self.troubles.append(Trouble(span, message, code="unreadable"))
        self._at += 1

    def _entry(self, found: re.Match[str], indent: int) -> Entry:
        start = self._index.start(self._at - 1)
        key = Word(found["key"], Span(start + found.start("key"), start + found.end("key")))
        value = found["value"]
        if value is None:
            items = tuple(self._items())
            if items:
                return Entry(key, items, is_list=True)
            return Entry(key, below=tuple(self._below(indent)))
        at = start + found.start("value")
        if value.startswith("["):
            return Entry(key, tuple(self._listed(value, at)), is_list=True)
        return Entry(key, (_word(value, at),))

    def _below(self, indent: int) -> Iterator[Entry]:
        for line in range(self._at, self._lines.stop):
            content = self._index.content(line)
            if content.strip() and not content.lstrip().startswith("#"):
                deeper = len(content) - len(content.lstrip(" "))
                if indent == 0 and deeper > 0:
                    yield from self.entries(deeper)
                return

    def _items(self) -> Iterator[Word]:
        while self._at < self._lines.stop:
            found = _ITEM.fullmatch(self._index.content(self._at))
            if found is None:
                return
            yield _word(found["value"], self._index.start(self._at) + found.start("value"))
            self._at += 1

    def _listed(self, value: str, at: int) -> Iterator[Word]:
        """The items of `[a, b]`."""
        inner = _without_comment(value)
        if not inner.endswith("]"):
            span = Span(at, at + len(value))
            message = "The list is never closed: `]` is missing."
            self.troubles.append(Trouble(span, message, code="unclosed"))
            return
        offset = 1
        for item in inner[1:-1].split(","):
            if item.strip():
                yield _word(item.lstrip(), at + offset + len(item) - len(item.lstrip()))
            offset += len(item) + 1


def _word(value: str, at: int) -> Word:
    """A value without the quotes around it and the comment behind it."""
    quote = value[0]
    if quote in "\"'" and (end := value.find(quote, 1)) > 0:
        return Word(value[1:end], Span(at + 1, at + end))
    text = _without_comment(value)
    return Word(text, Span(at, at + len(text)))


def _without_comment(value: str) -> str:
    """A value up to the ` #` that begins a comment."""
    return re.split(r"[ \t]#", value, maxsplit=1)[0].rstrip()
