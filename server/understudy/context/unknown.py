"""What a checker's message says is not known: a name, a module, or something inside of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from understudy.workspace.diagnostics import Diagnostic

Kind = Literal["name", "module", "symbol", "attribute"]

_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known.

    Attributes:
        kind: a name that nothing binds, a module that can't be imported, a symbol that a module
            does not have for `from module import`, or an attribute.
        name: as it stands in the message; a module's may begin with dots.
        owner: of an attribute, the class that lacks it, in the checker's words.
        module: what lacks the symbol or attribute, where the message tells.
    """

    kind: Kind
    name: str
    owner: str = ""
    module: str = ""


_WRITTEN: tuple[tuple[Kind, str], ...] = (
    ("name", r"^(?:(?i:undefined) (?:name|variable) |[Nn]ame )?[`'\"](?P<name>\w+)[`'\"]$"),
    ("name", r"[`'\"](?P<name>\w+)[`'\"] (?:is not defined|used when not defined)"),
    ("symbol", r'^"(?P<name>\w+)" is unknown import symbol'),
    ("symbol", r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'"),
    ("symbol", r'^Module "(?P<module>[\w.]+)" has no attribute "(?P<name>\w+)"'),
    ("symbol", r"^Module `(?P<module>[\w.]+)` has no member `(?P<name>\w+)`"),
    ("module", r'^Import "(?P<name>\.*\w[\w.]*)" could not be resolved$'),
    ("module", r"(?i)no module named [`'\"](?P<name>\w[\w.]*)[`'\"]"),
    ("module", r"(?:imported module|module named) [`\"](?P<name>\w[\w.]*)[`\"]"),
)
"""How ruff, pyright, mypy, pylint, ty and Python itself say it.

That a module is only missing “from source” is something else: its stub shows that there is one.
"""
_FORMS = tuple((kind, re.compile(form)) for kind, form in _WRITTEN)

_ATTRIBUTES = (
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


def unknown_in(diagnostic: Diagnostic) -> Unknown | None:
    """What the message says is not known; None when it says something else."""
    first = diagnostic.message[:_MOST].partition("\n")[0].strip()
    for kind, form in _FORMS:
        found = form.search(first)
        if found is not None:
            groups = found.groupdict()
            return Unknown(kind, groups["name"], module=groups.get("module") or "")
    return unknown_attribute(diagnostic)


def unknown_attribute(diagnostic: Diagnostic) -> Unknown | None:
    """The attribute that the message says an object, a class or a module does not have."""
    message = diagnostic.message[:_MOST]
    found = next(filter(None, (form.search(message) for form in _ATTRIBUTES)), None)
    if found is None:
        return None
    groups = found.groupdict()
    return Unknown(
        "attribute", groups["name"], groups.get("owner") or "", groups.get("module") or ""
    )
