"""Go: `declared and not used: x`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Problem, Proposal, about
from understudy.workspace.removal import removal

if TYPE_CHECKING:
    from collections.abc import Iterator

# Since Go 1.20 the name stands last, before that it stood first.
_MESSAGE = re.compile(
    r"declared and not used: (?P<new>\w+)|(?P<old>\w+) declared (?:and|but) not used"
)
_ASSIGN = re.compile(
    r"(?P<head>\s*(?:for\s+)?)(?P<names>\w+(?:\s*,\s*\w+)*)\s*(?P<sign>:=)\s*(?P<range>range\b)?"
)
_TYPE_SWITCH = re.compile(
    r"\s*(?:\}\s*else\s+)?switch\s+(?P<gone>(?P<name>\w+)\s*:=\s*)[^;]*\.\(type\)\s*\{\s*"
)
_VAR = re.compile(r"\s*(?P<gone>var\s+(?P<name>\w+)\b(?P<type>[^=]*?)(?:=\s*(?P<value>.*\S))?)\s*")


class _Place(NamedTuple):
    """The line of the declaration and the name in it."""

    problem: Problem
    start: int
    line: str
    name: str

    def span(self, match: re.Match[str], group: str) -> Span:
        """A group's span in the document, not in the line."""
        return Span(self.start + match.start(group), self.start + match.end(group))


def propose(problem: Problem) -> Iterator[Proposal]:
    """Write `_` for the name, or drop the declaration where it does nothing else.

    Only declarations that begin on the marked line and begin it; the right-hand side stays, as it
    may do something.
    """
    said = _MESSAGE.search(problem.diagnostic.message)
    if said is None:
        return
    index = problem.view.index
    line = index.line_of(problem.diagnostic.span.start)
    place = _Place(problem, index.start(line), index.content(line), said["new"] or said["old"])
    for edits in (*_in_assignment(place), *_in_switch(place), *_in_var(place)):
        why = f"`{place.name}` is declared and not used."
        yield Proposal(edits, why, rank=1.0)


def _in_assignment(place: _Place) -> Iterator[tuple[Edit, ...]]:
    match = _ASSIGN.match(place.line)
    if match is None:
        return
    names = re.split(r"\s*,\s*", match["names"])
    if names.count(place.name) != 1:
        return
    left = ["_" if name == place.name else name for name in names]
    if match["range"]:
        yield (_range_edit(place, match, left),)
        return
    if match["head"].strip():
        return
    edits = [Edit(place.span(match, "names"), ", ".join(left))]
    if set(left) == {"_"}:
        edits.append(Edit(place.span(match, "sign"), "="))
    yield tuple(edits)


def _range_edit(place: _Place, match: re.Match[str], left: list[str]) -> Edit:
    while left and left[-1] == "_":
        left.pop()
    whole = Span(place.start + match.start("names"), place.start + match.start("range"))
    return Edit(whole, f"{', '.join(left)} := " if left else "")


def _in_switch(place: _Place) -> Iterator[tuple[Edit, ...]]:
    match = _TYPE_SWITCH.fullmatch(place.line)
    if match is not None and match["name"] == place.name:
        yield (Edit(place.span(match, "gone"), ""),)


def _in_var(place: _Place) -> Iterator[tuple[Edit, ...]]:
    match = _VAR.fullmatch(place.line)
    if match is None or match["name"] != place.name or "," in match["type"]:
        return
    if match["value"] is None:
        if match["type"].strip() and not match["type"].rstrip().endswith(("{", "(")):
            yield (removal(place.problem.view.index, place.span(match, "gone")),)
        return
    value_start = place.start + match.start("value")
    start = place.start + match.start("gone")
    left = f"var _{match['type'].rstrip()} = " if match["type"].strip() else "_ = "
    yield (Edit(Span(start, value_start), left),)


FIXER = Fixer(
    id="go_unused_variable",
    matches=about(message=r"\bdeclared (?:and|but) not used\b"),
    propose=propose,
    languages=frozenset({"go"}),
)
