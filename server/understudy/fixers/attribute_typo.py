"""An attribute that its object does not have, while it has one of a similar name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.nearness import near
from understudy.context.python_nodes import Function, around
from understudy.context.repetition import repeats
from understudy.context.subject import find_word
from understudy.context.typos import is_slip
from understudy.context.unknown import unknown_attribute
from understudy.core.text import Edit
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.context.unknown import Unknown
    from understudy.core.text import Span
    from understudy.fixers import Problem

_MAYBE = re.compile(r"maybe (?P<names>.+)\?")


def propose(problem: Problem) -> Iterator[Proposal]:
    """The attributes that the tool, the class or the module offers, the nearest first."""
    found = unknown_attribute(problem.diagnostic)
    if found is None:
        return
    name = found.name
    span = _attribute(problem, name)
    if span is None:
        return
    maybe = _MAYBE.search(problem.diagnostic.message[:5_000])
    told = re.findall(r'"(\w+)"', maybe["names"]) if maybe else []
    owner = (found.owner or found.module or "the object").rstrip("*")
    known = set(_known(problem, found, span))
    for slips, candidate in near(name, {*known, *told}):
        if not is_slip(name, candidate) or repeats(problem.view.text, span, candidate):
            continue
        if _is_around(problem, span, candidate) or _is_itself_misspelt(problem, name, candidate):
            continue
        rank = slips + 0.2 * (name[0] != candidate[0]) + 0.5 * candidate.startswith("_")
        rank -= 0.05 * (told[:1] == [candidate])
        why = f"`{owner}` has no `{name}`, but it has `{candidate}`."
        yield Proposal((Edit(span, candidate),), why, rank=round(rank, 3))


FIXER = Fixer(
    id="attribute_typo",
    matches=about(
        "reportAttributeAccessIssue",
        "attr-defined",
        "E1101",
        "no-member",
        "unresolved-attribute",
        message=r"has no attribute|cannot access attribute|is not a known attribute of module",
    ),
    propose=propose,
)


def _attribute(problem: Problem, name: str) -> Span | None:
    """Where the attribute's name stands behind its dot."""
    span = find_word(problem.view, problem.diagnostic.span, name)
    text = problem.view.text
    if span is None or not text[: span.start].rstrip(" \t").endswith("."):
        marked = problem.diagnostic.span
        line = problem.view.index.line_span(problem.view.index.line_of(marked.start))
        dotted = re.compile(rf"\.[ \t]*({re.escape(name)})(?!\w)")
        found = dotted.search(text, min(marked.start, line.end), max(line.end, marked.start))
        return None if found is None else type(marked)(found.start(1), found.end(1))
    return span


def _is_around(problem: Problem, span: Span, candidate: str) -> bool:
    """Whether the place lies in the function of that name, such as a property over `_name`."""
    nodes = around(problem.view.text, span)
    return any(isinstance(node, Function) and node.name == candidate for node in nodes)


def _is_itself_misspelt(problem: Problem, name: str, candidate: str) -> bool:
    """Whether the code uses the name that is not there, and the other stands in it but once."""
    words = re.findall(r"\.[ \t]*(\w+)", problem.view.text)
    return words.count(name) > 1 and words.count(candidate) == 1


def _known(problem: Problem, unknown: Unknown, span: Span) -> Iterable[str]:
    if unknown.module:
        return problem.names.accepted(unknown.module) or ()
    found: Iterable[str] = problem.names.members(unknown.owner) if unknown.owner else ()
    return found or problem.names.attributes(span.start)
