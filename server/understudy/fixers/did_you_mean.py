"""An undefined name that is one or two slips away from a name in scope."""

from __future__ import annotations

import builtins
import keyword
import re
import sys
from typing import TYPE_CHECKING

from understudy.context.nearness import near
from understudy.context.scopes import scopes_of
from understudy.context.subject import undefined_name
from understudy.context.syntax import parents, parse
from understudy.core.text import Edit
from understudy.fixers import UNDEFINED_NAME, Fixer, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.scopes import Binding
    from understudy.core.text import Span
    from understudy.fixers import Problem

_CONSTANTS = {
    "true": "True",
    "false": "False",
    "none": "None",
    "null": "None",
    "nil": "None",
    "undefined": "None",
    "NULL": "None",
    "TRUE": "True",
    "FALSE": "False",
    "NONE": "None",
}
"""How other languages write Python's constants."""

_KEYWORDS = ("True", "False", "None")


def propose(problem: Problem) -> Iterator[Proposal]:
    """The names in scope and the builtins that are near, the nearest first."""
    found = undefined_name(problem.view, problem.diagnostic)
    if found is None:
        return
    name, span = found
    constant = _CONSTANTS.get(name)
    if constant is not None:
        why = f"`{name}` is not defined; Python writes it `{constant}`."
        yield Proposal((Edit(span, constant),), why, rank=0.5, safe=True)
    called = re.match(r"[ \t]*\(", problem.view.text[span.end : span.end + 20]) is not None
    bindings = {each.name: each for each in scopes_of(problem.view.text).visible(span.start)}
    for slips, candidate in near(name, _candidates(bindings)):
        binding = bindings.get(candidate)
        if candidate == constant or _binds(binding, problem, span):
            continue
        if _is_module_missing(name, binding) or not _has_member(candidate, binding, problem, span):
            continue
        rank = _rank(name, slips, candidate, binding)
        if called and binding is not None and binding.kind in ("variable", "parameter"):
            rank += 0.2
        rank -= 0.05 * _is_unused(problem.view.text, candidate)
        why = f"`{name}` is not defined, but `{candidate}` is."
        yield Proposal((Edit(span, candidate),), why, rank=round(rank, 3), safe=True)


FIXER = Fixer(
    id="did_you_mean",
    matches=UNDEFINED_NAME,
    propose=propose,
)


def _candidates(bindings: dict[str, Binding]) -> Iterator[str]:
    yield from (name for name in bindings if not keyword.iskeyword(name))
    yield from (name for name in dir(builtins) if not name.startswith("_"))
    yield from _KEYWORDS


def _rank(name: str, slips: float, candidate: str, binding: Binding | None) -> float:
    """Slips first; then names of the code over builtins, inner over outer, same first letter."""
    rank = 0.9 if slips < 1 else slips
    if binding is None:
        rank += 0.15
    elif binding.owner == 0:
        rank += 0.1
    if name[0].casefold() != candidate[0].casefold():
        rank += 0.1
    if f"{name}s" == candidate or f"{candidate}s" == name:
        # One and many of a thing are two names more often than one misspelt.
        rank += 0.3
    return rank


def _is_module_missing(name: str, binding: Binding | None) -> bool:
    """The name of a standard module was meant as such, not as a builtin or another import."""
    is_foreign = binding is None or binding.kind == "import"
    return is_foreign and name in sys.stdlib_module_names


def _has_member(candidate: str, binding: Binding | None, problem: Problem, span: Span) -> bool:
    """Whether what the code takes from the name can be had from a builtin; others may have all."""
    member = re.match(r"\.([^\W\d]\w*)", problem.view.text[span.end : span.end + 100])
    builtin = getattr(builtins, candidate, None) if binding is None else None
    return member is None or builtin is None or hasattr(builtin, member.group(1))


def _is_unused(text: str, name: str) -> bool:
    """A name that is bound and never read was probably meant."""
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) == 1


def _binds(binding: Binding | None, problem: Problem, span: Span) -> bool:
    """Whether a name gets its only value from the statement that reads the undefined one."""
    if binding is None or binding.kind != "variable":
        return False
    text = problem.view.text
    same = [each for each in scopes_of(text).bound_in(binding.owner) if each.name == binding.name]
    source = parse(text)
    node = source.root.named_descendant_for_byte_range(binding.start, binding.start)
    if len(same) != 1 or node is None:
        return False
    for around in parents(node):
        if around.type == "assignment":
            return source.span(around).touches(span)
        if around.type in ("block", "module"):
            break
    return False
