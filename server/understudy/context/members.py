"""Which attributes the objects of a class have, read from sources."""

from __future__ import annotations

import builtins
import importlib
import re
from dataclasses import dataclass
from sys import getsizeof
from typing import TYPE_CHECKING

from understudy.context.exports import text_of
from understudy.context.scopes import scopes_of
from understudy.context.stdlib import SAFE_TO_LOOK_INTO, homes
from understudy.context.syntax import captures, parse, query
from understudy.core.bounded_cache import bounded_cache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.context.modules import Modules

MAX_BASES = 12
"""How many classes are visited for one question."""

_KEPT_BYTES = 4_000_000
"""How long the texts may be, in memory, whose classes are remembered."""

_SELF = "(assignment left: (attribute object: (identifier) @object attribute: (identifier) @name))"
_CLASSES = "(class_definition name: (identifier) @name) @class"
_FROM = "(import_from_statement) @from"
_LITERALS = (
    (re.compile(r"Literal\[b['\"]"), "bytes"),
    (re.compile(r"Literal\[['\"]"), "str"),
    (re.compile(r"Literal\[-?\d"), "int"),
    (re.compile(r"Literal\[(?:True|False)"), "bool"),
)
_CLASS_NAME = re.compile(r"(?:type\[)?[\w.]*?([^\W\d]\w*)\*?(?:[\[\]].*)?\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """What one class statement says: the names it gives its objects, and its bases' names."""

    names: frozenset[str]
    bases: tuple[str, ...]


def class_name(described: str) -> str:
    """The bare class of a checker's type: `list` of `list[int]`, `A` of `type[A]` or `A*`."""
    for pattern, name in _LITERALS:
        if pattern.match(described):
            return name
    found = _CLASS_NAME.match(described)
    return found[1] if found else ""


def members(name: str, text: str, modules: Modules) -> frozenset[str]:
    """The attributes that objects of class `name`, as `text` knows it, are known to have."""
    return _gathered(name, text, modules)[0]


def all_members(name: str, text: str, modules: Modules) -> frozenset[str] | None:
    """As `members`, with those of every object; None when the class or a base of it is unknown."""
    found, is_whole = _gathered(name, text, modules)
    return found | frozenset(dir(object)) if is_whole else None


def _gathered(name: str, text: str, modules: Modules) -> tuple[frozenset[str], bool]:
    """The members that are known, and whether those are all."""
    found: set[str] = set()
    todo = [(name, text)]
    seen: set[tuple[str, int]] = set()
    is_whole = True
    while todo and len(seen) < MAX_BASES:
        current, where = todo.pop()
        if (current, hash(where)) in seen:
            continue
        seen.add((current, hash(where)))
        facts, where = _facts(current, where, modules)
        if facts is None:
            own = _built_in(current)
            is_whole = is_whole and bool(own)
            found.update(own)
            continue
        found.update(facts.names)
        todo += [(base, where) for base in facts.bases]
    return frozenset(found), is_whole and not todo


@bounded_cache(_KEPT_BYTES, lambda _found, text, _name: getsizeof(text))
def class_facts(text: str, name: str) -> ClassFacts | None:
    """What the class statement of `name` in `text` says; None when there is none."""
    source = parse(text)
    found = captures(query(_CLASSES), source.root)
    nodes = [
        node.parent for node in found.get("name", ()) if source.word(node) == name and node.parent
    ]
    if not nodes:
        return None
    node = nodes[-1]
    scopes = scopes_of(text)
    body = node.child_by_field_name("body")
    own = next((i for i, s in enumerate(scopes.scopes) if s.start == node.start_byte and i), None)
    names = {binding.name for binding in scopes.bound_in(own)} if own is not None else set()
    if body is not None:
        selves = captures(query(_SELF), body)
        for holder, attribute in zip(
            selves.get("object", ()), selves.get("name", ()), strict=False
        ):
            if source.word(holder) in ("self", "cls", name):
                names.add(source.word(attribute))
    arguments = node.child_by_field_name("superclasses")
    bases = arguments.named_children if arguments is not None else ()
    return ClassFacts(frozenset(names), tuple(class_name(source.word(base)) for base in bases))


def _facts(name: str, text: str, modules: Modules) -> tuple[ClassFacts | None, str]:
    """A class's facts and the text that holds it: this text, what it imports, or any module."""
    facts = class_facts(text, name)
    if facts is not None:
        return facts, text
    if hasattr(builtins, name):
        return None, text
    for path in _sources(name, text, modules):
        other = text_of(path)
        facts = class_facts(other, name) if name in other else None
        if facts is not None:
            return facts, other
    return None, text


def _sources(name: str, text: str, modules: Modules) -> Iterator[Path]:
    source = parse(text)
    for node in captures(query(_FROM), source.root).get("from", ()):
        module = node.child_by_field_name("module_name")
        words = {source.word(child) for child in node.children_by_field_name("name")}
        if module is not None and name in words:
            path = modules.source(source.word(module))
            if path is not None:
                yield path
    for module_name, _ in modules.exporting(name):
        path = modules.source(module_name)
        if path is not None:
            yield path
    for home in homes(name):
        path = modules.source(home) if home not in SAFE_TO_LOOK_INTO else None
        if path is not None:
            yield path


def _built_in(name: str) -> frozenset[str]:
    """The attributes of a built-in class or of one from a module that is safe to import."""
    value = getattr(builtins, name, None)
    if isinstance(value, type):
        return frozenset(dir(value))
    for module in homes(name):
        if module in SAFE_TO_LOOK_INTO:
            value = getattr(importlib.import_module(module), name, None)
            if isinstance(value, type):
                return frozenset(dir(value))
    return frozenset()
