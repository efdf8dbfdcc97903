"""How names are used in a language: which nodes of its grammar are names, members, calls and bindings.

One language family per file, each with a `SYNTAX`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST = "0"
"""In place of a field's name: the first child that has a name."""
STRINGS = (r'"(?:[^"\\\r\n]++|\\[\s\S])*+"?', r"'(?:[^'\\\r\n]++|\\[\s\S])*+'?")
"""Expressions for texts in quotation marks, which end with their line at the latest."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A node that gives a name to a value.

    Attributes:
        name: the field that holds the name, maybe within a pattern or a declarator.
        type: the field with its type; empty where the node has none.
        value: the field with its value; empty where the node has none.
    """

    name: str
    type: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Syntax:
    """The nodes of a grammar that matter for names.

    Attributes:
        names: nodes without children that are names.
        members: nodes that take a member: the fields of what it is taken from and of its name.
        calls: nodes that call or construct: the field of what is called; empty where the node takes a
            member as well.
        transparent: nodes that mean what their first child means: brackets, `await`.
        labels: nodes whose field of this name is no name that means anything outside.
        patterns: nodes that take values apart by the names of their members.
        tokens: nodes of code that was not parsed, whose children are its tokens.
        own: words for the object that a method belongs to.
        above: words for the class that one is built on.
        roots: words that name modules and not values, such as `crate`.
        outer: the one of them for what is around a module, which may be in the same file.
        bindings: nodes that give names to values.
        type_first: whether a declaration has its type before its name.
        bare_members: whether members of the own class are used without naming it.
        importing: functions that give modules.
        keyed: whether objects without a class may have members.
        exported: an expression with one group that matches: the name that a file exports as `default`.
        exported_whole: the same for files that are only this, whichever way they are imported.
        common: names of members that every program uses of the language's own types; they mean
            nothing unless it is known whose they are.
        strings: expressions for literal texts, each with a first character that is always the same.
    """

    id: str
    languages: tuple[str, ...]
    names: frozenset[str]
    members: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    calls: Mapping[str, str] = field(default_factory=dict)
    transparent: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    patterns: frozenset[str] = frozenset()
    tokens: str = ""
    own: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()
    outer: str = ""
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    type_first: bool = False
    bare_members: bool = False
    importing: frozenset[str] = frozenset()
    keyed: bool = False
    exported: str = ""
    exported_whole: str = ""
    common: frozenset[str] = frozenset()
    strings: tuple[str, ...] = STRINGS


def syntax_of(language: str) -> Syntax | None:
    """How a language uses names; None where nothing is known."""
    known = load_folder(sys.modules[__name__], "SYNTAX", Syntax)
    return next((one for one in known.values() if language in one.languages), None)
