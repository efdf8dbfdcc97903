"""An import of a module or of a name that does not exist."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from understudy.context.imports import add_import
from understudy.context.nearness import near
from understudy.context.stdlib import preference
from understudy.context.subject import find_word, quoted
from understudy.context.syntax import captures, parents, parse, query
from understudy.context.typos import is_plural, is_slip, slip_between
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.names import Importable, Names
    from understudy.fixers import Problem

_AS = re.compile(r"[ \t]+as[ \t]+([^\W\d]\w*)")
_MIN_UNPROVED = 5
"""Letters of a module's name that is believed to be misspelt though nothing shows its use."""
_OWN_PACKAGES = frozenset(
    ("attr", "cchardet", "httpx", "jose", "jsons", "orjson", "psycopg", "regex", "toml", "tomli")
)
"""Packages that are spelt much like others, and may only be missing here."""
_MODULE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*\Z")
_MOVED_MODULES = {
    "BaseHTTPServer": "http.server",
    "ConfigParser": "configparser",
    "Queue": "queue",
    "SocketServer": "socketserver",
    "Tkinter": "tkinter",
    "cPickle": "pickle",
    "cookielib": "http.cookiejar",
    "httplib": "http.client",
    "mock": "unittest.mock",
    "thread": "_thread",
    "tkMessageBox": "tkinter.messagebox",
    "urlparse": "urllib.parse",
    "xml.etree.cElementTree": "xml.etree.ElementTree",
}
"""Modules that Python 3 has under another name."""


def propose(problem: Problem) -> Iterator[Proposal]:
    """The module or name that was meant, and the module where a name lives now."""
    source = parse(problem.view.text)
    for word in quoted(problem.diagnostic) or (problem.text,):
        bare = word.lstrip(".")
        span = find_word(problem.view, problem.diagnostic.span, bare) if bare else None
        if span is None or not _MODULE.match(bare):
            continue
        node = source.node_at(span.start, span.end)
        statement = _statement(node)
        if statement is None:
            continue
        if _names_module(node, statement):
            yield from _modules(problem, bare, span, statement)
        elif statement.type == "import_from_statement":
            module = statement.child_by_field_name("module_name")
            if module is not None:
                yield from _names(problem, source.word(module), (bare, span), node)


FIXER = Fixer(
    id="wrong_import",
    matches=about(
        "reportMissingImports",
        "import-not-found",
        "import-error",
        "E0401",
        "E0611",
        "no-name-in-module",
        "unresolved-import",
        message=r"unknown import symbol|could not be resolved|no module named"
        r"|cannot import name|^module .* has no attribute|does not explicitly export",
    ),
    propose=propose,
)


def _statement(node: Node) -> Node | None:
    for around in (node, *parents(node)):
        if around.type in ("import_statement", "import_from_statement"):
            return around
    return None


def _names_module(node: Node, statement: Node) -> bool:
    """Whether a node stands where a statement names its module, not what it takes from it."""
    if statement.type == "import_statement":
        return True
    module = statement.child_by_field_name("module_name")
    return module is not None and module.start_byte <= node.start_byte < module.end_byte


def _modules(problem: Problem, module: str, span: Span, statement: Node) -> Iterator[Proposal]:
    before = problem.view.text[: span.start]
    dots = len(before) - len(before.rstrip("."))
    if dots:
        yield from _relative(problem, module, span, dots)
        return
    moved = _MOVED_MODULES.get(module)
    if moved is not None and problem.names.exists(moved):
        text = f"{moved} as {module}" if _binds(statement, span, problem) else moved
        why = f"There is no module `{module}` in Python 3; it is called `{moved}`."
        yield Proposal((Edit(span, text),), why, rank=0.7)
    for slips, place, candidate in _meant(problem.names, module):
        parts = module.split(".")
        at = span.start + sum(len(part) + 1 for part in parts[:place])
        edits = [Edit(Span(at, at + len(parts[place])), candidate)]
        if place == 0 and _binds(statement, span, problem):
            edits += _uses(problem, parts[0], candidate, statement)
        parts[place] = candidate
        if not _serves(problem, statement, ".".join(parts), module, span):
            continue
        why = f"There is no module `{module}`, but there is `{'.'.join(parts)}`."
        origin = problem.names.origin(parts[0])
        yield Proposal(tuple(edits), why, rank=slips + 0.1 * (origin == "installed package"))


def _meant(names: Names, module: str) -> Iterator[tuple[float, int, str]]:
    """`(slips, place, candidate)`: what the first wrong part of a dotted module may have meant."""
    parts = module.split(".")
    for place, part in enumerate(parts):
        if names.exists(".".join(parts[: place + 1])):
            continue
        parent = ".".join(parts[:place])
        if not parent and part in _OWN_PACKAGES:
            return
        for slips, candidate in near(part, names.submodules(parent) if parent else names.modules()):
            if not _is_misspelt(part, candidate) or (not parent and is_plural(part, candidate)):
                continue
            if names.exists(".".join((*parts[:place], candidate, *parts[place + 1 :]))):
                yield slips, place, candidate
        return


def _is_misspelt(part: str, candidate: str) -> bool:
    """Whether a part of a module's name is a slip; short ones are looked for among few others."""
    lost = slip_between(part, candidate) == "lost" and part[0] == candidate[0]
    return is_slip(part, candidate) or (lost and part[-1] == candidate[-1])


def _serves(problem: Problem, statement: Node, candidate: str, module: str, span: Span) -> bool:
    """Whether a module has what the file takes from it: `jose` is not a misspelt `json`.

    Where nothing tells what is taken, only such a slip is believed as no other package is called
    by: two letters that changed places, one that is missing or stands twice.
    """
    exports = problem.names.accepted(candidate)
    wanted = _wanted(problem, statement, candidate, module, span)
    if exports is None or not wanted:
        slip = slip_between(module, candidate)
        return slip in ("swap", "lost", "doubled") and len(module) >= _MIN_UNPROVED
    return wanted <= exports


def _wanted(problem: Problem, statement: Node, candidate: str, module: str, span: Span) -> set[str]:
    """What the file takes from a module that it imports by a wrong name."""
    source = parse(problem.view.text)
    if statement.type == "import_from_statement":
        names = statement.children_by_field_name("name")
        return {source.word(name).partition(" ")[0] for name in names}
    alias = _alias(problem, span)
    called = {alias} if alias else {module, candidate, candidate.rpartition(".")[2]}
    spelled = "|".join(map(re.escape, called))
    uses = rf"(?<![\w.])(?:{spelled})[ \t]*\.[ \t]*([^\W\d]\w*)"
    return set(re.findall(uses, source.text[source.at(statement.end_byte) :]))


def _relative(problem: Problem, module: str, span: Span, dots: int) -> Iterator[Proposal]:
    head = module.partition(".")[0]
    siblings = problem.names.siblings(dots)
    for slips, candidate in near(head, siblings) if head not in siblings else ():
        if not _is_misspelt(head, candidate):
            continue
        why = f"There is no module `{head}` here, but there is `{candidate}`."
        yield Proposal((Edit(Span(span.start, span.start + len(head)), candidate),), why, slips)


def _alias(problem: Problem, span: Span) -> str:
    """The name that `import … as name` gives the module at a place; empty without one."""
    found = _AS.match(problem.view.text, span.end)
    return found[1] if found else ""


def _binds(statement: Node, span: Span, problem: Problem) -> bool:
    """Whether `import x` makes the module's own first part a name in the file."""
    return statement.type == "import_statement" and not _alias(problem, span)


def _uses(problem: Problem, old: str, new: str, statement: Node) -> list[Edit]:
    """Carry a new spelling to every other place that reads the imported name."""
    source = parse(problem.view.text)
    found = captures(query("(identifier) @name"), source.root).get("name", ())
    inside = range(statement.start_byte, statement.end_byte)
    return [
        Edit(source.span(node), new)
        for node in found
        if source.word(node) == old and node.start_byte not in inside and _reads(node)
    ]


def _reads(node: Node) -> bool:
    """An attribute `x.name` and a keyword `name=` are other names."""
    around = node.parent
    if around is None:
        return True
    if around.type == "attribute":
        return around.child_by_field_name("object") == node
    return around.type != "keyword_argument" or around.child_by_field_name("name") != node


def _names(
    problem: Problem, module: str, wanted: tuple[str, Span], node: Node
) -> Iterator[Proposal]:
    word, span = wanted
    accepted = problem.names.accepted(module)
    if accepted is None or word in accepted:
        return
    statement = _statement(node)
    if statement is None:
        return
    yield from _elsewhere(problem, statement, node, module)
    aliased = any(around.type == "aliased_import" for around in islice(parents(node), 2))
    for slips, candidate in near(word, accepted):
        if not is_slip(word, candidate) or is_plural(word, candidate):
            continue
        uses = [] if aliased else _uses(problem, word, candidate, statement)
        why = f"`{module}` has no `{word}`, but it has `{candidate}`."
        rank = max(slips, 0.9) + (0.5 if candidate.startswith("_") else 0.0)
        yield Proposal((Edit(span, candidate), *uses), why, rank=rank)


def _elsewhere(problem: Problem, statement: Node, node: Node, module: str) -> Iterator[Proposal]:
    """The name from another module, where it may have been in this one before or is by mistake.

    That is a module of the same package, or another one of the standard library or of the
    workspace. Functions are called alike in many modules, so none of those comes first.
    """
    word = parse(problem.view.text).word(node)
    origin = problem.names.origin(module)
    for place in problem.names.importables(word):
        edits = _moved(problem, statement, node, place)
        near_by = place.module.partition(".")[0] == module.partition(".")[0]
        related = near_by or (place.origin == origin != "installed package")
        if edits and related and place.module != module:
            why = f"`{module}` has no `{word}`; it is in `{place.module}`."
            rank = 0.6 if near_by else 0.8
            if not word.islower():
                rank += 0.001 * preference(place.module)
            yield Proposal(edits, why, rank=round(rank, 4))


def _moved(problem: Problem, statement: Node, node: Node, place: Importable) -> tuple[Edit, ...]:
    """Take a name from another module; nothing when that is not a matter of one statement."""
    source = parse(problem.view.text)
    names = statement.children_by_field_name("name")
    module = statement.child_by_field_name("module_name")
    if not place.member or module is None:
        return ()
    if len(names) == 1:
        return (Edit(source.span(module), place.module),)
    index = next(
        (i for i, name in enumerate(names) if name.start_byte <= node.start_byte < name.end_byte),
        None,
    )
    if index is None or names[index].type == "aliased_import":
        return ()
    start = names[index].start_byte if index == 0 else names[index - 1].end_byte
    end = names[1].start_byte if index == 0 else names[index].end_byte
    cut = Edit(Span(source.at(start), source.at(end)), "")
    added = add_import(problem.view, place, problem.names.origin)
    return (*added, cut)
