from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.findings_factory import at, broken
from understudy.core.text import Span
from understudy.engine.identity import same_matter, stem
from understudy.workspace.diagnostics import Diagnostic


def test_numbers_outside_of_quotes_leave_the_stem() -> None:
    assert stem("Redefinition of `x 2` from line 5") == "Redefinition of `x 2` from line #"
    assert stem("can't use 3 of x2") == "can't use # of x2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("F821", "Undefined name `x`"), ("name-defined", 'Name "x" is not defined')),
        (("F821", "Undefined name `x`"), ("reportUndefinedVariable", '"x" is not defined')),
        (("F401", "`os` imported but unused"), ("", "Import “os” is not accessed")),
        (("F401", "`a.b as c` imported but unused"), ("", 'Import "c" is not accessed')),
        (("F841", "Local variable `x` is assigned to but never used"), ("W0612", "Unused 'x'")),
        (
            ("import-not-found", 'Cannot find implementation for module named "a.b"'),
            ("reportMissingImports", 'Import "a.b" could not be resolved'),
        ),
        (
            ("attr-defined", '"Shop" has no attribute "sell"'),
            ("reportAttributeAccessIssue", 'Cannot access attribute "sell" for class "Shop"'),
        ),
        (
            ("E1101", "Instance of 'Shop' has no 'sell' member"),
            ("x", '"a" has no attribute "sell"'),
        ),
        (("a1", "odd"), ("a1", "quite odd")),
        (("", "cannot find symbol, line 3"), ("", "Cannot find symbol, line 4 (fix available)")),
        (("a1", "odd"), ("", "odd")),
        (
            ("33554515", "yyy cannot be resolved to a variable"),
            ("", "cannot find symbol\n  symbol:   variable yyy\n  location: class A"),
        ),
        (
            ("67108964", "The method g(int) is undefined for the type A"),
            ("", "cannot find symbol\n  symbol:   method g(int)\n  location: class A"),
        ),
        (
            ("16777233", "Type mismatch: cannot convert from String to int"),
            ("", "incompatible types: String cannot be converted to int"),
        ),
        (
            ("536870963", "The local variable x may not have been initialized"),
            ("", "variable x might not have been initialized"),
        ),
    ],
)
def test_tools_talk_about_the_same_matter_by_code_or_by_kind_and_name(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert same_matter(told(*one), told(*other))
    assert same_matter(told(*other), told(*one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("F821", "Undefined name `Path`"), ("arg-type", 'Argument 1 has type "Path"')),
        (("F821", "Undefined name `x`"), ("F841", "Local variable `x` is never used")),
        (("F821", "Undefined name `x`"), ("name-defined", 'Name "y" is not defined')),
        (("F401", "`os` imported but unused"), ("import-not-found", 'No module named "os"')),
        (("F401", "`os` imported but unused"), ("", "`os` is odd")),
        (
            ("attr-defined", '"Shop" has no attribute "sell"'),
            ("E1101", "Instance of 'Shop' has no 'buy' member"),
        ),
        (("", ""), ("", "")),
        (("1", "yyy cannot be resolved"), ("", "cannot find symbol\n  symbol:   variable zzz")),
    ],
)
def test_a_shared_name_or_a_shared_kind_alone_is_not_the_same_matter(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert not same_matter(told(*one), told(*other))


def test_what_does_not_parse_is_a_matter_of_its_own() -> None:
    error = broken("os\n", "os", "`os` is not defined")
    assert same_matter(error, replace(error, source="ruff", message="odd"))
    assert not same_matter(error, at("os\n", "os", message="`os` is not defined"))


def told(code: str, message: str) -> Diagnostic:
    return Diagnostic("", code, message, Span(0, 1))
