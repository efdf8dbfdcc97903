"""A keyword that the called function does not take, while it takes one of a similar name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.guess import known_type
from understudy.context.nearness import near
from understudy.context.signatures import builtin_keywords, called_name
from understudy.context.subject import find_word
from understudy.context.syntax import parents, parse
from understudy.context.typos import is_slip
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source
    from understudy.fixers import Problem

_FORMS = (
    re.compile(r'No parameter named "(?P<name>\w+)"'),
    re.compile(
        r'Unexpected keyword argument "(?P<name>\w+)"'
        r'(?: for "(?P<callee>[^"]+)")?(?:; did you mean (?P<told>[^?]+)\?)?'
    ),
    re.compile(
        r"unexpected keyword argument '(?P<name>\w+)'(?:\. Did you mean '(?P<told>\w+)'\?)?"
    ),
    re.compile(r"Argument `(?P<name>\w+)` does not match any known parameter"),
)
"""How pyright, mypy, Python itself and ty say it."""
_NO_OVERLOAD = re.compile(r"no overloads? (?:for|variant of) .*match", re.IGNORECASE)
"""Of a function with several signatures, checkers only say that none of them fits."""


def propose(problem: Problem) -> Iterator[Proposal]:
    """The keywords of the called function that are near and not given yet."""
    message = problem.diagnostic.message[:5_000]
    found = next(filter(None, (form.search(message) for form in _FORMS)), None)
    if found is None:
        if _NO_OVERLOAD.search(message):
            yield from _unknown_keywords(problem)
        return
    groups = found.groupdict()
    source = parse(problem.view.text)
    argument = _argument(problem, source, groups["name"])
    if argument is None:
        return
    call, span = argument
    callee = called_name(call, source)
    told = re.findall(r"\w+", (groups.get("told") or "").replace(" or ", " "))
    taken = {keyword for each in problem.names.signatures(callee) for keyword in each.keywords}
    given = set(_given(source, call))
    for slips, candidate in near(groups["name"], {*taken, *told} - given):
        if not is_slip(groups["name"], candidate):
            continue
        rank = slips - 0.05 * (told[:1] == [candidate])
        why = f"`{callee or 'the call'}` takes no `{groups['name']}`, but it takes `{candidate}`."
        yield Proposal((Edit(span, candidate),), why, rank=round(rank, 3))


FIXER = Fixer(
    id="keyword_name",
    matches=about(
        "E1123",
        "unexpected-keyword-arg",
        "unknown-argument",
        message=r"no overloads? (?:for|variant of) .*match|no parameter named|unexpected keyword argument|match any known parameter",
    ),
    propose=propose,
)


def _unknown_keywords(problem: Problem) -> Iterator[Proposal]:
    """Keywords of a call of the standard library that its function does not name, but nearly."""
    source = parse(problem.view.text)
    call = _call_in(source, problem.diagnostic.span)
    function = call.child_by_field_name("function") if call is not None else None
    if call is None or function is None:
        return
    taken = set(_stdlib_keywords(problem, source, function))
    given = {source.word(name): name for name in _keyword_nodes(call)}
    for word, node in given.items():
        for slips, candidate in near(word, taken - given.keys()) if word not in taken else ():
            if is_slip(word, candidate):
                why = f"`{source.word(function)}` takes no `{word}`, but it takes `{candidate}`."
                yield Proposal((Edit(source.span(node), candidate),), why, rank=slips)


def _call_in(source: Source, span: Span) -> Node | None:
    """The call that a diagnostic marks, or whose function it marks."""
    node = source.node_at(span.start, span.end)
    return next((each for each in (node, *parents(node)) if each.type == "call"), None)


def _stdlib_keywords(problem: Problem, source: Source, function: Node) -> Iterator[str]:
    """What the called builtin, or function of an imported standard module, takes as keywords."""
    start = source.at(function.start_byte)
    if function.type == "identifier":
        name = source.word(function)
        own = any(one == name for one in problem.names.in_scope(start))
        yield from () if own else builtin_keywords(name)
    elif function.type == "attribute":
        member = function.child_by_field_name("attribute")
        known = (
            known_type(source.text, source.at(member.start_byte)) if member is not None else None
        )
        if member is not None and known is not None and known.kind == "module":
            for signature in problem.names.takes(known.name, source.word(member)):
                yield from signature.keywords


def _argument(problem: Problem, source: Source, name: str) -> tuple[Node, Span] | None:
    """The call, and where the keyword's name stands in it."""
    marked = problem.diagnostic.span
    span = find_word(problem.view, marked, name)
    if span is None:
        return None
    node = source.node_at(span.start, span.end)
    if node.parent is None or node.parent.type != "keyword_argument":
        pattern = re.compile(rf"(?<!\w)({re.escape(name)})[ \t]*=(?!=)")
        found = pattern.search(problem.view.text, marked.start, marked.start + 5_000)
        if found is None:
            return None
        span = Span(found.start(1), found.end(1))
        node = source.node_at(span.start, span.end)
    for around in parents(node):
        if around.type == "call":
            return around, span
        if around.type not in ("keyword_argument", "argument_list"):
            return None
    return None


def _given(source: Source, call: Node) -> Iterator[str]:
    return (source.word(name) for name in _keyword_nodes(call))


def _keyword_nodes(call: Node) -> Iterator[Node]:
    arguments = call.child_by_field_name("arguments")
    for node in arguments.named_children if arguments is not None else ():
        name = node.child_by_field_name("name") if node.type == "keyword_argument" else None
        if name is not None:
            yield name
