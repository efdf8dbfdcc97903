"""How the definitions and imports of a language are found in its trees: data, told by the language.

A query holds patterns in the language of tree-sitter's queries. What a match means is told by the
names of its captures.

A definition: a `Kind` of `index.facts` (`@class`, `@function`, …), the whole node; with `.outer`
behind it for one that does not count within a function. `@name`, or `@qualified` for a name that the
owner stands in (`A::b`); `@body`, what comes behind the signature; `@bases`, a list of what a class
is built on; `@owner`, the type that it belongs to. A field belongs to the nearest class around it.

Beside it: `@around` with `@inner`, a node with which the first line of the definition in it begins;
`@scope` with `@owner`, a node whose definitions belong to that type; `@within` with `@base`, one more
type that the definition there is built on; `@package`, the name that the file gives itself.

An import: `@import`, the whole statement; `@from`, what is imported; `@name` and `@alias` for what
is taken from it; `@default` for the module's main thing under a name; `@as`, the module's own name
here; `@all` when everything is taken; `@passed` when it is offered to others. `@offered` is a name
that the file offers, wherever it has it from; without `@from`, names of the file itself are offered
under other ones. `@tree` is an import that only `Outline.unpack` reads.

`@is.word` is a node that must read `word`, or the match does not count. Predicates (`#eq?`) are not
used: tree-sitter 0.26 crashes on them when a text was handed over in pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Unpacked(NamedTuple):
    """One import that was read from the text of a statement, as `index.facts.Import` tells it."""

    module: str
    names: tuple[tuple[str, str], ...] = ()
    alias: str = ""
    passed_on: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """What finds definitions and imports.

    Attributes:
        query: the patterns. Of two that match one name, the one further up counts.
        marks: what a line above a definition begins with that belongs to it, beside comments.
        indented: whether a body is told by its indentation, and not by a brace.
        passes_on: whether whoever imports a file has all that it imports.
        unpack: reads an import's text where patterns can't, such as trees of names.
    """

    query: str
    marks: tuple[str, ...] = ()
    indented: bool = False
    passes_on: bool = False
    unpack: Callable[[str], Iterable[Unpacked]] | None = None
