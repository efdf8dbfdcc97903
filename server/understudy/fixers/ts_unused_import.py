"""TypeScript and JavaScript: imports that nothing uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Problem, Proposal, about
from understudy.workspace.removal import removal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.workspace.view import View

_MESSAGE = re.compile(
    r"^['\"](?P<name>[\w$]+)['\"] is (?:declared but (?:its value is never read|never used)"
    r"|defined but never used|assigned a value but never used)"
)
_ALL = re.compile(r"^All imports in import declaration are unused")
_IMPORT = re.compile(
    r"^[ \t]*(?P<whole>import\b(?P<clause>[^;'\"]*?)\bfrom\s*(?:'[^'\n]*'|\"[^\"\n]*\")"
    r"(?:[ \t]*;)?)",
    re.MULTILINE,
)
_BINDING = re.compile(
    r"\s*\*\s*as\s+(?P<namespace>[\w$]+)\s*|\s*\{(?P<list>[^{}]*)\}\s*"
    r"|\s*(?P<default_name>[\w$]+)\s*"
)
_TYPE = re.compile(r"\s*type(?=\s*[{*]|\s+(?!from\b)[\w$])")
_LOCAL = re.compile(r"\s*(?:type\s+)?(?:[\w$]+\s+as\s+)?(?P<name>[\w$]+)\s*")


class _Import(NamedTuple):
    """One `import … from …` statement; offsets of the document."""

    whole: Span
    clause: Span


class _Specifier(NamedTuple):
    """A name in an import's braces as the file knows it; offsets from the opening brace."""

    name: str
    start: int
    end: int


def propose(problem: Problem) -> Iterator[Proposal]:
    """Take out the import that the message names; the statement when nothing of it is left."""
    message, view = problem.diagnostic.message, problem.view
    said, all_unused = _MESSAGE.match(message), _ALL.match(message)
    statement = _statement_at(view, problem.diagnostic.span)
    if statement is None or not (said or all_unused):
        return
    edit = _without(view, statement, said["name"]) if said else removal(view.index, statement.whole)
    if edit is not None:
        # In TypeScript an unused import is not even loaded; in JavaScript loading may do something.
        safe = view.language.startswith("typescript")
        what = f"`{said['name']}`" if said else "What this line imports"
        yield Proposal((edit,), f"{what} is never used.", safe=safe)


def _statement_at(view: View, span: Span) -> _Import | None:
    for match in _IMPORT.finditer(view.text):
        whole = Span(*match.span("whole"))
        if whole.start <= span.start and span.end <= whole.end:
            clause = match["clause"]
            # A comment inside may hide a brace or a name.
            return None if "/" in clause else _Import(whole, Span(*match.span("clause")))
    return None


def _without(view: View, statement: _Import, name: str) -> Edit | None:
    bindings = _bindings(statement.clause.of(view.text))
    for place, binding in enumerate(bindings):
        names = _specifiers(binding["list"] or "")
        local = [item.name for item in names]
        if len(local) > 1 and name in local:
            return _without_specifier(statement.clause.start + binding.start("list"), names, name)
        if name in (binding["namespace"], binding["default_name"], *local):
            if len(bindings) == 1:
                return removal(view.index, statement.whole)
            return _without_binding(statement.clause.start, bindings, place)
    return None


def _bindings(clause: str) -> list[re.Match[str]]:
    """Default name, namespace and braces of a clause; none when it is written in another way."""
    found: list[re.Match[str]] = []
    whole_type = _TYPE.match(clause)
    at = whole_type.end() if whole_type else 0
    while at < len(clause):
        match = _BINDING.match(clause, at)
        if match is None:
            return []
        found.append(match)
        at = match.end() + 1
        if match.end() < len(clause) and clause[match.end()] != ",":
            return []
    return found


def _without_binding(start: int, bindings: list[re.Match[str]], place: int) -> Edit:
    """The removal of one of two bindings with the comma between; `start` is the clause's."""
    if place == 0:
        first, following = (one.end() - len(one.group().lstrip()) for one in bindings)
        return Edit(Span(start + first, start + following), "")
    ends = [one.start() + len(one.group().rstrip()) for one in bindings]
    return Edit(Span(start + ends[place - 1], start + ends[place]), "")


def _specifiers(listed: str) -> list[_Specifier]:
    """The names between braces. What is not written as a name has an empty one."""
    found = []
    for item in re.finditer(r"[^,\s][^,]*", listed):
        local = _LOCAL.fullmatch(item.group())
        end = item.start() + len(item.group().rstrip())
        found.append(_Specifier(local["name"] if local else "", item.start(), end))
    return found


def _without_specifier(origin: int, names: list[_Specifier], name: str) -> Edit:
    """The removal of one of several names; `origin` is where the list between braces starts."""
    place = [one.name for one in names].index(name)
    if place + 1 < len(names):
        return Edit(Span(origin + names[place].start, origin + names[place + 1].start), "")
    return Edit(Span(origin + names[place - 1].end, origin + names[place].end), "")


FIXER = Fixer(
    id="ts_unused_import",
    matches=about(
        "6133",
        "6192",
        "6196",
        "no-unused-vars",
        "@typescript-eslint/no-unused-vars",
        "unused-imports/no-unused-imports",
        message=r"is declared but its value is never read|All imports in import declaration",
    ),
    propose=propose,
    languages=frozenset({"typescript", "typescriptreact", "javascript", "javascriptreact"}),
    tidies=True,
)
