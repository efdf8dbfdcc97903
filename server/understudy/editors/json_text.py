"""JSON as editors write it: with comments and trailing commas, and with the place of each value."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from understudy.core.failures import RefusedError

_GAP = re.compile(r"(?:[ \t\r\n]+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_SCALAR = re.compile(r"[^\s,:\[\]{}\"/]+")
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands.

    Attributes:
        start: of its first character.
        end: behind its last one.
        value: as Python has it.
        members: of an object; of two with one name the last one counts.
        items: of a list.
    """

    start: int
    end: int
    value: object
    members: tuple[Member, ...] = ()
    items: tuple[Node, ...] = ()

    def member(self, name: str) -> Member | None:
        """The member of an object that counts under a name."""
        return next((one for one in reversed(self.members) if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Member:
    """A name and its value; `start` is where the name starts."""

    name: str
    start: int
    node: Node


def read_json(text: str) -> Node | None:
    """The one value in a text; None when there is nothing but blanks and comments.

    Raises:
        RefusedError: with a clause that follows the file's name, when it can't be read.
    """
    reader = _Reader(text)
    reader.skip()
    if reader.at == len(text):
        return None
    node = reader.value(0)
    reader.skip()
    if reader.at != len(text):
        raise reader.broken()
    return node


def skip_gap(text: str, start: int) -> int:
    """Behind the blanks and comments that begin at an offset."""
    gap = _GAP.match(text, start)
    return gap.end() if gap else start


class _Reader:
    """Reads a text once, from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0

    def skip(self) -> None:
        self.at = skip_gap(self._text, self.at)

    def broken(self) -> RefusedError:
        line = self._text.count("\n", 0, self.at) + 1
        return RefusedError(f"is no JSON that can be read: see its line {line}")

    def value(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise self.broken()
        start = self.at
        if self._accept("{"):
            members = self._members(depth)
            named = {one.name: one.node.value for one in members}
            return Node(start, self.at, named, members=members)
        if self._accept("["):
            items = self._items(depth)
            return Node(start, self.at, [one.value for one in items], items=items)
        plain = self._scalar()
        return Node(start, self.at, plain)

    def _accept(self, token: str) -> bool:
        found = self._text.startswith(token, self.at)
        self.at += len(token) if found else 0
        return found

    def _more(self, closing: str, *, first: bool) -> bool:
        """Whether another one follows; a comma may stand behind the last one."""
        self.skip()
        if not first and not self._accept(","):
            if self._accept(closing):
                return False
            raise self.broken()
        self.skip()
        return not self._accept(closing)

    def _members(self, depth: int) -> tuple[Member, ...]:
        found: list[Member] = []
        while self._more("}", first=not found):
            start, name = self.at, self._string()
            self.skip()
            if not self._accept(":"):
                raise self.broken()
            self.skip()
            found.append(Member(name, start, self.value(depth + 1)))
        return tuple(found)

    def _items(self, depth: int) -> tuple[Node, ...]:
        found: list[Node] = []
        while self._more("]", first=not found):
            found.append(self.value(depth + 1))
        return tuple(found)

    def _string(self) -> str:
        token = _STRING.match(self._text, self.at)
        if token is None:
            raise self.broken()
        value = self._plain(token)
        return str(value)

    def _scalar(self) -> object:
        pattern = _STRING if self._text.startswith('"', self.at) else _SCALAR
        token = pattern.match(self._text, self.at)
        if token is None:
            raise self.broken()
        return self._plain(token)

    def _plain(self, token: re.Match[str]) -> object:
        try:
            value: object = json.loads(token[0])
        except ValueError as failure:
            raise self.broken() from failure
        self.at = token.end()
        return value
