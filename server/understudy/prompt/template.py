r"""The language of fragments, read into a tree: no code, no calls, an end in every case.

    {{name}}  {{item.part}}  {{default name "words"}}       a variable, and one with a default
    {{#if name}} … {{else if other}} … {{else}} … {{/if}}   and `unless`
    {{#each list}} … {{name}} {{this}} {{@number}} … {{else}} … {{/each}}
    {{#with thing}} … {{part}} … {{/with}}                  the parts of a thing by their names
    {{> other.fragment}}                                    another fragment's text
    {{! a note }}  {{!-- a note --}}  \{{                    nothing, and the marks themselves

It reads what templates of the Handlebars family are made of as well: `{{{name}}}`, `this.part`,
`../name`, `@index`, `@first`, `@last`, `{{#each list as |item|}}`, `{{~ name ~}}`. Helpers of their
own, and expressions in parentheses, are errors. A line that holds nothing but a block's mark leaves
no line behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from understudy.core.text import Span
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(
    r"(?P<escaped>\\\{\{)"
    r"|\{\{~?!(?P<note>--)|\{\{~?!(?P<remark>[^{}]*)\}\}"
    r"|\{\{\{~?(?P<raw>[^{}]*?)~?\}\}\}"
    r"|\{\{(?P<open>~?)(?P<inner>[^{}]*?)(?P<close>~?)\}\}"
)
_NOTE_ENDS = ("--}}", "--~}}")
_PATH = r"(?:\.\./)*(?:@?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*|this(?:\.[A-Za-z_][\w-]*)*|\.)"
_VARIABLE = re.compile(_PATH)
_DEFAULT = re.compile(
    rf"default\s+(?P<path>{_PATH})\s+(?P<quote>[\"'])(?P<words>[^\"']*)(?P=quote)"
)
_BLOCK = re.compile(rf"#\s*(?P<kind>\w+)\s+(?P<path>{_PATH})(?:\s+as\s+\|\s*(?P<name>\w+)\s*\|)?")
_CLOSE = re.compile(r"/\s*(?P<kind>\w+)")
_ELSE = re.compile(rf"else(?:\s+if\s+(?P<path>{_PATH}))?|\^")
_INCLUDE = re.compile(r">\s*[\"']?(?P<id>[\w./-]+)[\"']?")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)")
_MOST_NESTED = 20
Kind = Literal["if", "unless", "each", "with"]
_KINDS: tuple[Kind, ...] = ("if", "unless", "each", "with")


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they stand."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable.

    Attributes:
        path: as it is written: `problem.line`, `../name`, `@index`.
        default: words for one that is missing; None where it must be there.
    """

    path: str
    span: Span
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Include:
    """Another fragment's text in this place."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A part that is there under a condition, or once for each item.

    Attributes:
        name: what an item is called besides `this`; empty for nothing.
    """

    kind: Kind
    path: str
    span: Span
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...] = ()
    name: str = ""


Node = Text | Variable | Include | Block


@dataclass(frozen=True, slots=True)
class Template:
    """A text that was read."""

    nodes: tuple[Node, ...]
    troubles: tuple[Trouble, ...] = ()


def read_template(text: str, start: int = 0) -> Template:
    """The tree of a fragment's text from `start` on; what can't be read is a trouble. Linear time."""
    reader = _Reader(text, start)
    return Template(reader.read(), tuple(reader.troubles))


@dataclass
class _Open:
    """A block that is not closed yet."""

    kind: str
    path: str
    span: Span
    name: str = ""
    body: list[Node] = field(default_factory=list)
    otherwise: list[Node] | None = None
    chained: bool = False

    @property
    def here(self) -> list[Node]:
        return self.body if self.otherwise is None else self.otherwise

    def closed(self, end: int) -> Block:
        kind = next((one for one in _KINDS if one == self.kind), _KINDS[0])
        span = Span(self.span.start, end)
        return Block(
            kind, self.path, span, tuple(self.body), tuple(self.otherwise or ()), self.name
        )


class _Reader:
    def __init__(self, text: str, start: int) -> None:
        self._text, self._at = text, start
        self._root = _Open("", "", Span(start, start))
        self._stack = [self._root]
        self._cut_next = False
        self.troubles: list[Trouble] = []

    def read(self) -> tuple[Node, ...]:
        at: int | None = self._at
        while at is not None and (tag := _TAG.search(self._text, at)) is not None:
            at = self._take(tag)
        self._words(len(self._text))
        self._look_for_marks()
        for still in reversed(self._stack[1:]):
            self._complain(still.span, f"`{{{{#{still.kind}}}}}` is never closed.", "unclosed")
            self._root.body.append(still.closed(len(self._text)))
        return tuple(self._root.body)

    def _take(self, tag: re.Match[str]) -> int | None:
        """Take in one tag; gives the offset behind it, None where the text is at its end."""
        if tag["escaped"] is not None:
            self._words(tag.start())
            self._append(Text("{{", Span(*tag.span())))
            self._at = tag.end()
            return self._at
        end = self._end_of_note(tag) if tag["note"] is not None else tag.end()
        if end is None:
            self._complain(Span(*tag.span()), "This note is never closed.", "unclosed")
            return None
        self._take_marks(tag, end)
        return max(self._at, end)

    def _take_marks(self, tag: re.Match[str], end: int) -> None:
        inner = tag["raw"] if tag["raw"] is not None else tag["inner"]
        is_mark = inner is None or inner.lstrip().startswith(("#", "/", "else", "^"))
        before, after = self._alone(tag.start(), end) if is_mark else (tag.start(), end)
        self._words(before, trimmed=bool(tag["open"]))
        self._at = after
        self._cut_next = bool(tag["close"])
        if inner is not None:
            self._tag(inner.strip(), Span(*tag.span()))

    def _end_of_note(self, tag: re.Match[str]) -> int | None:
        ends = ((self._text.find(mark, tag.end()), len(mark)) for mark in _NOTE_ENDS)
        return min((at + length for at, length in ends if at >= 0), default=None)

    def _alone(self, start: int, end: int) -> tuple[int, int]:
        """From where to where a mark reaches: over its whole line, where nothing else is on it."""
        text = self._text
        line = max(text.rfind("\n", self._at, start), text.rfind("\r", self._at, start)) + 1
        before = text[max(line, self._at) : start]
        begins = line > 0 or self._at == 0 or text[self._at - 1] in "\r\n"
        found = _LINE_END.match(text, end)
        if before.strip(" \t") or not begins or found is None:
            return start, end
        return max(line, self._at), found.end()

    def _words(self, end: int, *, trimmed: bool = False) -> None:
        """The words up to a tag."""
        text = self._text[self._at : end]
        start = self._at
        if self._cut_next:
            start += len(text) - len(text.lstrip())
            text = text.lstrip()
            self._cut_next = False
        if trimmed:
            text = text.rstrip()
        if text:
            self._append(Text(text, Span(start, start + len(text))))

    def _append(self, node: Node) -> None:
        self._stack[-1].here.append(node)

    def _tag(self, inner: str, span: Span) -> None:
        if (found := _BLOCK.fullmatch(inner)) is not None:
            self._begin(found, span)
        elif (found := _ELSE.fullmatch(inner)) is not None:
            self._otherwise(found["path"], span)
        elif (found := _CLOSE.fullmatch(inner)) is not None:
            self._end(found["kind"], span)
        elif (found := _INCLUDE.fullmatch(inner)) is not None:
            self._append(Include(found["id"], span))
        elif (found := _DEFAULT.fullmatch(inner)) is not None:
            self._append(Variable(found["path"], span, found["words"]))
        elif _VARIABLE.fullmatch(inner) is not None:
            self._append(Variable(inner, span))
        else:
            shown = inner if len(inner) <= 40 else inner[:40] + "…"
            self._complain(span, f"`{{{{{shown}}}}}` can't be read.", "unreadable")

    def _begin(self, found: re.Match[str], span: Span) -> None:
        kind = found["kind"]
        if kind not in _KINDS:
            message = (
                f"There is no block `#{kind}`: there are `#if`, `#unless`, `#each` and `#with`."
            )
            self._complain(span, message, "unknown_block")
        if len(self._stack) == _MOST_NESTED + 1:
            # Once for all that stands deeper still.
            self._complain(span, f"Blocks stand more than {_MOST_NESTED} deep.", "too_deep")
        self._stack.append(_Open(kind, found["path"], span, found["name"] or ""))

    def _otherwise(self, path: str | None, span: Span) -> None:
        block = self._stack[-1]
        if block is self._root or block.otherwise is not None:
            self._complain(span, "This `{{else}}` belongs to no block.", "stray_else")
            return
        block.otherwise = []
        if path is not None:
            self._stack.append(_Open("if", path, span, chained=True))

    def _end(self, kind: str, span: Span) -> None:
        while self._stack[-1].chained:
            chained = self._stack.pop()
            self._append(chained.closed(span.end))
        block = self._stack[-1]
        if block is self._root or block.kind != kind:
            known = "nothing" if block is self._root else f"`{{{{#{block.kind}}}}}`"
            self._complain(span, f"`{{{{/{kind}}}}}` closes {known}.", "stray_end")
            return
        self._stack.pop()
        self._append(block.closed(span.end))

    def _look_for_marks(self) -> None:
        """Marks that were read as words: they would reach the model as they stand."""
        for node in walk(tuple(self._root.body)):
            # An escaped mark is shorter than its place in the file.
            if isinstance(node, Text) and len(node.text) == len(node.span) and "{{" in node.text:
                start = node.span.start + node.text.find("{{")
                message = "`{{` has no counterpart; `\\{{` writes the marks themselves."
                self._complain(Span(start, start + 2), message, "unclosed")

    def _complain(self, span: Span, message: str, code: str) -> None:
        self.troubles.append(Trouble(span, message, code=code))


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """All nodes, those in blocks behind their block, in the order of the text."""
    for node in nodes:
        yield node
        if isinstance(node, Block):
            yield from walk(node.body)
            yield from walk(node.otherwise)
