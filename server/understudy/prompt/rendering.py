"""From a fragment's tree and its values to text, with the place that each piece of it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.prompt import Piece
from understudy.prompt.template import Block, Include, Text, Variable
from understudy.prompt.trouble import FragmentError
from understudy.prompt.values import Quoted, Snippet, fenced, holds, ticked

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.prompt.fragment import Fragment
    from understudy.prompt.template import Node
    from understudy.prompt.values import Value, Values

    Find = Callable[[str], Fragment | None]

_MOST = 4_000_000
"""Characters; more than any window, and the end of fragments that include each other many times."""
MOST_DEEP = 20
"""So many fragments stand in each other at most."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A fragment's text.

    Attributes:
        pieces: where it comes from, without gaps, in order.
    """

    text: str
    pieces: tuple[Piece, ...]


def render(fragment: Fragment, values: Values, find: Find) -> Rendered:
    """The text of a fragment, without empty lines around it.

    Args:
        fragment: read without errors.
        values: by the names of variables.
        find: gives the fragment that an id means here.

    Raises:
        FragmentError: a variable is missing, or fragments include each other in a circle.
    """
    writer = _Writer(find)
    writer.write(fragment, (_Scope(values, values),))
    return writer.rendered()


@dataclass(frozen=True, slots=True)
class _Scope:
    """The names of the whole prompt, or of one item of a list."""

    values: Values
    this: Value = None


class _Writer:
    def __init__(self, find: Find) -> None:
        self._find = find
        self._stack: list[Fragment] = []
        self._lines: list[LineIndex] = []
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._ends_line = True
        self._after_fence = False

    def write(self, fragment: Fragment, scopes: tuple[_Scope, ...]) -> None:
        if any(one.id == fragment.id for one in self._stack):
            names = " → ".join(one.id for one in (*self._stack, fragment))
            raise FragmentError(f"Fragments include each other in a circle: {names}.")
        if len(self._stack) >= MOST_DEEP:
            raise FragmentError(f"Fragments stand more than {MOST_DEEP} deep in each other.")
        self._stack.append(fragment)
        self._lines.append(LineIndex(fragment.text))
        self._nodes(_trimmed(fragment.nodes), scopes)
        self._stack.pop()
        self._lines.pop()

    def rendered(self) -> Rendered:
        text = "".join(self._texts)
        start = len(text) - len(text.lstrip("\n"))
        end = len(text.rstrip("\n"))
        pieces = (_cut(piece, start, end) for piece in self._pieces)
        return Rendered(
            text[start:end], tuple(piece for piece in pieces if piece.stop > piece.start)
        )

    def _nodes(self, nodes: Sequence[Node], scopes: tuple[_Scope, ...]) -> None:
        for node in nodes:
            match node:
                case Text():
                    self._append(node.text.replace("\r\n", "\n").replace("\r", "\n"), node, "")
                case Variable():
                    self._variable(node, scopes)
                case Include():
                    self._include(node, scopes)
                case Block():
                    self._block(node, scopes)

    def _append(
        self, text: str, node: Text | Variable, variable: str, *, is_fence: bool = False
    ) -> None:
        if not text:
            return
        if self._after_fence and not text.startswith("\n"):
            text = "\n" + text
        start = self._length
        self._length += len(text)
        if self._length > _MOST:
            raise FragmentError(f"`{self._stack[0].id}` becomes longer than {_MOST:,} characters.")
        self._texts.append(text)
        self._after_fence = is_fence
        self._ends_line = text.endswith("\n")
        line = self._lines[-1].line_of(node.span.start) + 1
        self._pieces.append(Piece(start, self._length, self._stack[-1].id, line, variable))

    def _variable(self, node: Variable, scopes: tuple[_Scope, ...]) -> None:
        value = look_up(node.path, scopes)
        value = node.default if value is None else value
        match value:
            case str() | int():
                self._append(str(value), node, node.path)
            case Snippet():
                self._append(ticked(value.text), node, node.path)
            case Quoted():
                text = fenced(value.text)
                text = text if self._ends_line else "\n" + text
                self._append(text, node, node.path, is_fence=True)
            case _:
                raise FragmentError(self._no_text(node, value))

    def _no_text(self, node: Variable, value: Value) -> str:
        line = self._lines[-1].line_of(node.span.start) + 1
        where = f"in line {line} of the fragment `{self._stack[-1].id}`"
        what = "has no value" if value is None else "is a list or has parts, and no text"
        return f"`{node.path}` {what} {where}."

    def _include(self, node: Include, scopes: tuple[_Scope, ...]) -> None:
        found = self._find(node.id)
        if found is None:
            where = f"which `{self._stack[-1].id}` includes"
            raise FragmentError(f"There is no fragment `{node.id}`, {where}.")
        self.write(found, scopes)

    def _block(self, node: Block, scopes: tuple[_Scope, ...]) -> None:
        value = look_up(node.path, scopes)
        if node.kind == "each":
            self._each(node, value, scopes)
            return
        inner = (*scopes, _thing(value, node.name)) if node.kind == "with" else scopes
        wanted = holds(value) == (node.kind != "unless")
        self._nodes(node.body if wanted else node.otherwise, inner if wanted else scopes)

    def _each(self, node: Block, value: Value, scopes: tuple[_Scope, ...]) -> None:
        items = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
        for number, item in enumerate(items):
            own: dict[str, Value] = {
                "@index": number,
                "@number": number + 1,
                "@first": number == 0,
                "@last": number == len(items) - 1,
            }
            if node.name:
                own[node.name] = item
            if isinstance(item, Mapping):
                own = {**item, **own}
            self._nodes(node.body, (*scopes, _Scope(own, item)))
        if not items:
            self._nodes(node.otherwise, scopes)


def look_up(path: str, scopes: Sequence[_Scope]) -> Value:
    """The value of a path; None where there is none. The innermost item knows a name first."""
    here = list(scopes)
    while path.startswith("../"):
        path = path.removeprefix("../")
        here = here[:-1] or here
    first, *rest = path.split(".") if path != "." else ["this"]
    value: Value
    if first == "this":
        value = here[-1].this
    elif first == "@root":
        value = here[0].values
    else:
        value = next((one.values[first] for one in reversed(here) if first in one.values), None)
    for name in rest:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _thing(value: Value, name: str) -> _Scope:
    """The names within a thing: its parts, and what it is called there."""
    parts = value if isinstance(value, Mapping) else {}
    return _Scope({**parts, name: value} if name else parts, value)


def _trimmed(nodes: Sequence[Node]) -> list[Node]:
    """The nodes without the line ends around them."""
    found = list(nodes)
    if found and isinstance(found[0], Text):
        found[0] = Text(found[0].text.lstrip("\r\n"), found[0].span)
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text.rstrip("\r\n"), found[-1].span)
    return found


def _cut(piece: Piece, start: int, end: int) -> Piece:
    return Piece(
        max(piece.start, start) - start,
        max(min(piece.stop, end) - start, 0),
        piece.fragment,
        piece.line,
        piece.variable,
    )
