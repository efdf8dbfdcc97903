"""An attribute that its object does not have, while it has one of a similar name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.nearness import near
from understudy.context.python_nodes import Function, around
from understudy.context.repetition import repeats
from understudy.context.subject import find_word
from understudy.context.typos import is_slip
from understudy.core.text import Edit
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.core.text import Span
    from understudy.fixers import Problem

_FORMS = (
    re.compile(r'Cannot (?:access|assign to) attribute "(?P<name>\w+)" for class "(?P<owner>.+?)"'),
    re.compile(r'"(?P<name>\w+)" is not a known attribute of module "(?P<module>[\w.]+)"'),
    re.compile(r'Item "(?P<owner>[^"]+)" of "[^"]+" has no attribute "(?P<name>\w+)"'),
    re.compile(r'^"(?P<owner>[^"]+)" has no attribute "(?P<name>\w+)"'),
    re.compile(r'^Module has no attribute "(?P<name>\w+)"'),
    re.compile(
        r"(?:Instance|Class|Module) of? ?'(?P<owner>[\w.]+)'[^']* has no '(?P<name>\w+)' member"
    ),
    re.compile(r"type object '(?P<owner>\w+)' has no attribute '(?P<name>\w+)'"),
    re.compile(r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'"),
    re.compile(r"'(?P<owner>\w+)' object has no attribute '(?P<name>\w+)'"),
    re.compile(r"(?:Object of type|Type) `(?P<owner>.+?)` has no attribute `(?P<name>\w+)`"),
)
"""How pyright, mypy, pylint, Python itself and ty say it."""

_MAYBE = re.compile(r"maybe (?P<names>.+)\?")


def propose(problem: Problem) -> Iterator[Proposal]:
    """The attributes that the tool, the class or the module offers, the nearest first."""
    message = problem.diagnostic.message[:5_000]
    found = next(filter(None, (form.search(message) for form in _FORMS)), None)
    if found is None:
        return
    groups = found.groupdict()
    name = groups["name"]
    span = _attribute(problem, name)
    if span is None:
        return
    maybe = _MAYBE.search(message)
    told = re.findall(r'"(\w+)"', maybe["names"]) if maybe else []
    owner = (groups.get("owner") or groups.get("module") or "the object").rstrip("*")
    known = set(_known(problem, groups, span))
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


def _known(problem: Problem, groups: dict[str, str | None], span: Span) -> Iterable[str]:
    module, owner = groups.get("module"), groups.get("owner")
    if module:
        return problem.names.accepted(module) or ()
    found: Iterable[str] = problem.names.members(owner) if owner else ()
    return found or problem.names.attributes(span.start)
