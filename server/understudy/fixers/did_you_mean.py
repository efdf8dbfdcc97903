"""An undefined name that is a slip away from a name in scope, a builtin or a constant."""

from __future__ import annotations

import builtins
import inspect
import re
from typing import TYPE_CHECKING

from understudy.context.neighbours import neighbours
from understudy.context.stdlib import homes, stdlib_modules
from understudy.context.subject import undefined_name
from understudy.context.syntax import parse
from understudy.context.typos import is_plural, slip_between
from understudy.core.text import Edit
from understudy.fixers import UNDEFINED_NAME, Fixer, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

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
    "Null": "None",
    "Nil": "None",
    "TRUE": "True",
    "FALSE": "False",
    "NONE": "None",
}
"""How other languages write Python's constants."""

_KEYWORDS = ("True", "False", "None")
_INTERACTIVE = frozenset({"copyright", "credits", "exit", "license", "quit"})
"""What is there for a person at the prompt only."""
_MIN_BUILTIN, _MIN_USED_BUILTIN = 5, 4
"""Letters of a misspelt builtin; the second when it is used as the builtin is."""
_MEMBER = re.compile(r"\.([^\W\d]\w*)")


def propose(problem: Problem) -> Iterator[Proposal]:
    """The constant, the names in scope and the builtins that were probably meant."""
    found = undefined_name(problem.view, problem.diagnostic)
    if found is None:
        return
    name, span = found
    constant = _CONSTANTS.get(name)
    if constant is not None:
        why = f"`{name}` is not defined; Python writes it `{constant}`."
        yield Proposal((Edit(span, constant),), why, rank=0.5, safe=False)
    text = problem.view.text
    for each in neighbours(text, name, span):
        yield _meant(name, span, each.name, each.rank)
    if constant is None and name not in stdlib_modules() and not homes(name):
        for candidate in _builtins(text, name, span):
            yield _meant(name, span, candidate, 1.15)


FIXER = Fixer(
    id="did_you_mean",
    matches=UNDEFINED_NAME,
    propose=propose,
)


def _meant(name: str, span: Span, candidate: str, rank: float) -> Proposal:
    why = f"`{name}` is not defined, but `{candidate}` is."
    # Where it stands, the code can't run as it is: nothing that works changes.
    return Proposal((Edit(span, candidate),), why, rank=rank, safe=True)


def _builtins(text: str, name: str, span: Span) -> Iterator[str]:
    """Builtins that a slip separates from the name, as far as its use here suits them."""
    if name.endswith("_") or len(name) < _MIN_USED_BUILTIN:
        return
    for constant in _KEYWORDS:
        if slip_between(name.casefold(), constant.casefold()) in ("swap", "lost"):
            yield constant
    for candidate in dir(builtins):
        if candidate.startswith("_") or candidate in (*_INTERACTIVE, *_KEYWORDS):
            continue
        if _is_misspelt(name, candidate) and _suits(text, name, candidate, span):
            yield candidate


def _is_misspelt(name: str, candidate: str) -> bool:
    """Short words that differ in one letter are different words, so little is believed."""
    slip = slip_between(name, candidate)
    if slip == "case":
        # An exception's name has capitals in places of its own; `Filter` may be any class.
        return len(re.findall("[A-Z]", candidate)) > 1
    alike = slip in ("swap", "lost", "doubled") and name[0] in candidate[:2]
    return alike and not is_plural(name, candidate)


def _suits(text: str, name: str, candidate: str, span: Span) -> bool:
    """Whether what the code does with the name can be done with a builtin."""
    builtin = getattr(builtins, candidate)
    source = parse(text)
    node = source.node_at(span.start, span.end)
    around = node.parent
    if around is not None and around.type == "call":
        return _takes(builtin, around)
    member = _MEMBER.match(text[span.end : span.end + 100])
    if member is not None:
        return hasattr(builtin, member.group(1))
    return len(name) >= _MIN_BUILTIN


def _takes(builtin: object, call: Node) -> bool:
    """Whether a builtin can be called with so many arguments."""
    arguments = call.child_by_field_name("arguments")
    nodes = arguments.named_children if arguments is not None else []
    kinds = [node.type for node in nodes if node.type != "comment"]
    if any(kind in ("keyword_argument", "list_splat", "dictionary_splat") for kind in kinds):
        return True
    try:
        signature = inspect.signature(builtin)  # type: ignore[arg-type]  # what can't be called raises
        signature.bind(*kinds)
    except ValueError:
        # Some builtins don't tell what they take.
        return True
    except TypeError:
        return False
    return True
