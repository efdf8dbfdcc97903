"""The kinds of problem that several tools find, each in its own words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class _Kind(NamedTuple):
    """Under which codes tools report it; those without codes are understood by their words."""

    codes: frozenset[str]
    words: re.Pattern[str]


def _kind(words: str, *codes: str) -> _Kind:
    return _Kind(frozenset(codes), re.compile(words, re.IGNORECASE))


_KINDS = (
    _kind(  # Used though it may be None; before the missing attributes, whose words it shares.
        r'known attribute of "None"|^Item "None" of',
        *("reportOptionalMemberAccess", "union-attr"),
    ),
    _kind(  # An undefined name.
        r"undefined (name|variable)|\bis not defined\b|cannot find (name|symbol)"
        r"|\bcannot be resolved\b(?!.*\bmodule\b)|\bis undefined for the type\b",
        *("F821", "E0602", "reportUndefinedVariable", "name-defined", "undefined-variable"),
        *("unresolved-reference", "no-undef", "2304", "2552"),
        *("E0412", "E0425", "E0433", "UndeclaredName", "undeclared_var_use"),
    ),
    _kind(  # An import, a variable or a parameter that nothing uses.
        r"imported but unused|\bnever (used|read)\b|\bis not accessed\b|^unused\b",
        *("F401", "F841", "W0611", "W0612", "W0613", "RUF059", "B007", "ARG001", "ARG002"),
        *("reportUnusedImport", "reportUnusedVariable", "reportUnusedParameter"),
        *("reportUnusedClass", "reportUnusedFunction", "unused-import", "unused-variable"),
        *("unused-argument", "no-unused-vars", "6133", "6192", "6196"),
    ),
    _kind(  # A module that is not there.
        r"^import .* could not be resolved|cannot (find|resolve) .*\bmodule\b",
        *("E0401", "import-error", "import-not-found", "import-untyped", "unresolved-import"),
        *("reportMissingImports", "reportMissingModuleSource", "2307"),
    ),
    _kind(  # Something that a module or an object does not have.
        r"has no attribute|cannot access attribute|has no '\w+' member|unknown import symbol",
        *("E0611", "E1101", "no-name-in-module", "no-member", "attr-defined"),
        *("reportAttributeAccessIssue", "unresolved-attribute", "missing-attribute"),
        *("2339", "2551"),
    ),
    _kind(  # A keyword that a function does not take.
        "no parameter named|unexpected keyword argument",
        *("E1123", "unexpected-keyword-arg", "unknown-argument"),
    ),
    _kind(r"\bcannot convert from .+ to\b|^incompatible types: .+ converted to\b"),
    _kind(r"\b(may|might) not have been initialized\b"),
)
_UNDEFINED = next(number for number, kind in enumerate(_KINDS) if "F821" in kind.codes)
_SUBJECT = (
    # What is missing goes before what should have it, wherever the two stand.
    re.compile(r"\battribute [`'\"](?P<name>\w+)[`'\"]"),
    re.compile(r"\bno [`'\"](?P<name>\w+)[`'\"] member"),
    # Java's compilers quote nothing.
    re.compile(r"\bsymbol:\s+\w+ (?P<name>\w+)"),
    re.compile(r"^(?P<name>\w+) cannot be resolved\b|^The method (?P<method>\w+)\("),
    re.compile(
        r"\bconver(?:t from|ted) .*?\bto (?P<name>[\w.]+)|\bvariable (?P<variable>\w+) m\w+ not"
    ),
    re.compile(r"[`'\"\u201c\u2018](?P<name>[\w.]+)(?: as (?P<alias>\w+))?[`'\"\u201d\u2019]"),
)
_MAX_MESSAGE = 5_000


def is_undefined_name(code: str, message: str) -> bool:
    """Whether a diagnostic says that nothing binds a name."""
    subject = subject_of(code, message)
    return subject is not None and subject[0] == _UNDEFINED


@lru_cache(maxsize=4_096)
def subject_of(code: str, message: str) -> tuple[int, str] | None:
    """What a diagnostic is about: the number of its kind, and the name that it complains of.

    None for what only one tool finds, and where no name is quoted. Of a dotted name the last part
    counts, and of `a as b` the alias, because tools differ in how much they quote.
    """
    words = message[:_MAX_MESSAGE]
    by_code = (number for number, kind in enumerate(_KINDS) if code in kind.codes)
    by_words = (number for number, kind in enumerate(_KINDS) if kind.words.search(words))
    kind = next(by_code, None)
    if kind is None:
        kind = next(by_words, None)
    found = next(filter(None, (form.search(words) for form in _SUBJECT)), None)
    if kind is None or found is None:
        return None
    groups = found.groupdict()
    name = next(filter(None, groups.values()))
    return kind, groups.get("alias") or name.rpartition(".")[2]
