"""An undefined name that can be imported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.guess import enclosing_class
from understudy.context.homes import believable, is_everyday, is_used
from understudy.context.imports import add_import
from understudy.context.members import class_facts
from understudy.context.names import ALIASES
from understudy.context.nearness import near
from understudy.context.neighbours import neighbours
from understudy.context.stdlib import PREFERRED, preference, stdlib_modules
from understudy.context.subject import undefined_name
from understudy.context.syntax import parse
from understudy.context.typos import is_slip
from understudy.core.text import Edit
from understudy.fixers import UNDEFINED_NAME, Fixer, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.names import Importable, Names
    from understudy.core.text import Span
    from understudy.fixers import Problem

_DOTTED = re.compile(r"[ \t]*\.[ \t]*([^\W\d]\w*)")
_CALLED = re.compile(r"[ \t]*\(")
_ALWAYS_MODULES = frozenset({"json", "math", "os", "re", "subprocess", "sys"})
"""Modules whose names nobody gives to a variable."""
_CONSTANTS = frozenset({"pi", "inf", "nan"})

_LATER = {"workspace": 0.0, "standard library": 0.1, "installed package": 0.15}
STRONG, WEAK = 0.6, 1.6
"""Ranks: a strong import beats every similar name in scope, a weak one only those two slips away."""


MEMBER = 0.8
"""The rank that a member of the class has, which the file's name was written for without `self`."""


def propose(problem: Problem) -> Iterator[Proposal]:
    """Imports of the name as it is used here, then imports of a module that was misspelt."""
    found = undefined_name(problem.view, problem.diagnostic)
    if found is None:
        return
    name, span = found
    names = problem.names
    rival = _rival(problem, name, span)
    for wanted, suited in _ways(problem, name, span):
        rank = suited
        if not _is_evident(problem, wanted, span):
            # Where nothing tells a missing import from what else may be meant, neither may win.
            rank = rival if rival is not None else suited
            if suited is not None and _is_member(problem, name, span):
                rank = MEMBER
        if rank is None:
            continue
        edits = add_import(problem.view, wanted, names.origin)
        why = f"`{name}` is not defined; `{wanted.statement}` makes it known."
        yield Proposal(edits, why, rank=rank, safe=True)
    yield from _misspelt(problem, name, span)


FIXER = Fixer(
    id="missing_import",
    matches=UNDEFINED_NAME,
    propose=propose,
    tidies=True,
)


def _ways(problem: Problem, name: str, span: Span) -> Iterator[tuple[Importable, float | None]]:
    """The imports of the name, each with its rank; None for one that does not suit its use.

    Functions that are called alike in several modules get one rank, because none comes first.
    """
    text = problem.view.text
    found = _without_odd_ones(problem.names.importables(name), text)
    called = _is_called(text, span) and name.islower()
    rivals = believable(problem.names, found, text, span) if called else ()
    for one in found:
        if one in rivals and len(rivals) > 1:
            yield one, STRONG
        else:
            is_other = bool(rivals and one.member and one not in rivals)
            yield one, None if is_other else _rank(problem, one, span)


def _without_odd_ones(found: tuple[Importable, ...], text: str) -> tuple[Importable, ...]:
    """Without rarely used standard modules, where a much used one has a class of that name.

    Nobody who writes `Union[int, str]` or `Dict` and names no module means that of `ctypes` or of
    `ast`, whatever a linter thinks of the one from `typing`.
    """
    known = {one.module for one in found if one.module in PREFERRED}
    return tuple(
        one
        for one in found
        if not (known and one.origin == "standard library" and one.member)
        or one.member.islower()
        or one.module in known
        or is_used(text, one.module)
    )


def _is_called(text: str, span: Span) -> bool:
    called = _CALLED.match(text[span.end : span.end + 200]) is not None
    return called or text[: span.start].rstrip().endswith("@")


def _rival(problem: Problem, name: str, span: Span) -> float | None:
    """The rank of the nearest name in scope, if it could be meant as well as an import."""
    found = list(neighbours(problem.view.text, name, span))
    if not found or any(each.is_sure for each in found):
        return None
    return min(each.rank for each in found)


def _is_member(problem: Problem, name: str, span: Span) -> bool:
    """Whether the class around the name has a member of that name, reached by `self`."""
    source = parse(problem.view.text)
    owner = enclosing_class(source, source.node_at(span.start, span.end))
    facts = class_facts(problem.view.text, owner) if owner else None
    return facts is not None and name in facts.names


def _is_evident(problem: Problem, wanted: Importable, span: Span) -> bool:
    """Whether the use of a name shows that it is imported: a class, or a module by its member."""
    rank = _rank(problem, wanted, span)
    if rank is None or rank >= WEAK:
        return False
    dotted = _DOTTED.match(problem.view.text[span.end : span.end + 200])
    return dotted is not None or not wanted.member or not wanted.member.islower()


def _rank(problem: Problem, wanted: Importable, span: Span) -> float | None:
    """How well an import suits the use of the name; None when it does not."""
    text = problem.view.text
    behind = text[span.end : span.end + 200]
    dotted = _DOTTED.match(behind)
    if not wanted.member:
        return _rank_of_module(problem.names, wanted, dotted[1] if dotted else "", span.of(text))
    if wanted.member in ALIASES and wanted.origin == "installed package":
        return STRONG
    if dotted is not None and wanted.member.islower():
        return STRONG if _has(wanted, dotted[1]) else None
    rank = _rank_of_member(wanted, text, called=_is_called(text, span))
    if rank is None:
        return None
    # A file that already uses the module shows which of several is meant.
    rank += 0.1 * (wanted.module == "asyncio") - 0.05 * is_used(text, wanted.module)
    return round(rank, 3)


def _rank_of_module(names: Names, wanted: Importable, attribute: str, word: str) -> float | None:
    if not attribute:
        return WEAK if word in _ALWAYS_MODULES or word in ALIASES else None
    exports = names.accepted(wanted.module)
    if exports is None:
        return STRONG + 0.1
    return STRONG if attribute in exports else None


def _rank_of_member(wanted: Importable, text: str, *, called: bool) -> float | None:
    """Names with a class's looks need no more; others must be called or be well known."""
    member = wanted.member
    if len(member) < 2:
        return None
    plain = member.islower()
    if wanted.origin == "standard library":
        if plain and called and is_everyday(wanted, text, preferred=wanted.module in PREFERRED):
            return None
        if wanted.module in PREFERRED and (called or not plain):
            return round(STRONG + 0.001 * preference(wanted.module), 4)
        strong = not plain
    else:
        strong = not plain or (called and wanted.origin == "workspace" and len(member) > 3)
    if strong:
        return STRONG + _LATER[wanted.origin]
    return WEAK + _LATER[wanted.origin] if called or member in _CONSTANTS else None


def _has(wanted: Importable, attribute: str) -> bool:
    """Whether a lower-case class such as `datetime.datetime` has an attribute."""
    if wanted.module != "datetime":
        return False
    import datetime

    return hasattr(getattr(datetime, wanted.member, None), attribute)


def _misspelt(problem: Problem, name: str, span: Span) -> Iterator[Proposal]:
    """`josn.dumps` with no `json` in sight: import the module and spell it right."""
    dotted = _DOTTED.match(problem.view.text[span.end : span.end + 200])
    if dotted is None or len(name) < 3:
        return
    known = set(problem.names.in_scope(span.start))
    for slips, module in near(name, stdlib_modules()):
        if not is_slip(name, module):
            continue
        exports = problem.names.accepted(module)
        if module in known or exports is None or dotted[1] not in exports:
            continue
        for wanted in problem.names.importables(module):
            if not wanted.member and wanted.module == module:
                edits = add_import(problem.view, wanted, problem.names.origin)
                why = f"`{name}` is not defined, but the module `{module}` has `{dotted[1]}`."
                yield Proposal((*edits, Edit(span, module)), why, rank=WEAK - 1 + slips)
