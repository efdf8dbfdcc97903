"""Style that a tool could not see before the edit: which of it is the edit's fault?"""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.compare import compare
from understudy.engine.evidence import CheckReport, CheckStatus
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View

BEFORE = "def f(a: Optional[int]) -> None:\n    return g(a)\n"
AFTER = "from typing import Optional\n\n\n" + BEFORE
STYLE = ("UP045", "Use `X | None` for type annotations")


def finding(
    text: str, word: str, code: str, message: str, severity: Severity = Severity.WARNING
) -> Diagnostic:
    start = text.rindex(word)
    return Diagnostic("ruff", code, message, Span(start, start + len(word)), severity)


def new_codes(
    before: str, after: str, gone: Diagnostic, come: Diagnostic, checker: str = "ruff"
) -> list[str]:
    comparison = compare(
        (CheckReport(checker, CheckStatus.DONE, (gone,)),),
        (CheckReport(checker, CheckStatus.DONE, (come,)),),
        View("untitled:a", before, Policy()),
        minimise(before, after),
        gone,
    )
    return [one.code for one in comparison.new]


def undefined(text: str, name: str) -> Diagnostic:
    return finding(text, name, "F821", f"Undefined name `{name}`", Severity.ERROR)


def test_style_of_the_line_with_the_name_came_to_light() -> None:
    come = finding(AFTER, "Optional[int]", *STYLE)
    assert new_codes(BEFORE, AFTER, undefined(BEFORE, "Optional"), come) == []


@pytest.mark.parametrize(
    ("code", "severity"),
    [("B006", Severity.WARNING), ("F632", Severity.WARNING), ("UP045", Severity.ERROR)],
)
def test_mistakes_and_errors_are_never_forgiven(code: str, severity: Severity) -> None:
    come = finding(AFTER, "Optional[int]", code, "`Optional`", severity)
    assert new_codes(BEFORE, AFTER, undefined(BEFORE, "Optional"), come) == [code]


def test_style_of_another_line_is_new() -> None:
    come = finding(AFTER, "g(a)", *STYLE)
    assert new_codes(BEFORE, AFTER, undefined(BEFORE, "Optional"), come) == ["UP045"]


def test_style_of_a_line_that_the_edit_changed_is_new() -> None:
    before, after = "x = reslt\n", "x = result\n"
    come = finding(after, "x", "RUF900", "Bad name `x`")
    assert new_codes(before, after, undefined(before, "reslt"), come) == ["RUF900"]


def test_style_without_an_undefined_name_is_new() -> None:
    gone = finding(BEFORE, "Optional", "UP999", "Odd `Optional`")
    assert new_codes(BEFORE, AFTER, gone, finding(AFTER, "Optional[int]", *STYLE)) == ["UP045"]


@pytest.mark.parametrize(
    ("message", "left"),
    [("`typing.Optional` is deprecated", []), ("`typing` is imported", ["UP035"])],
)
def test_an_import_is_forgiven_what_is_said_about_the_name(message: str, left: list[str]) -> None:
    line = "from typing import Optional"
    come = finding(AFTER, line, "UP035", message)
    assert new_codes(BEFORE, AFTER, undefined(BEFORE, "Optional"), come) == left


def test_a_type_checker_is_never_kept_from_speaking() -> None:
    come = finding(AFTER, "Optional[int]", *STYLE)
    gone = undefined(BEFORE, "Optional")
    assert new_codes(BEFORE, AFTER, gone, come, "basedpyright") == ["UP045"]


@pytest.mark.parametrize(("code", "left"), [("BLE001", []), ("BLE002", ["BLE002"])])
def test_a_lesser_form_of_the_same_fault_is_not_new(code: str, left: list[str]) -> None:
    before, after = (
        "try:\n    f()\nexcept:\n    g()\n",
        "try:\n    f()\nexcept Exception:\n    g()\n",
    )
    gone = finding(before, "except", "E722", "Do not use bare `except`")
    assert new_codes(before, after, gone, finding(after, "Exception", code, "Blind")) == left


RUST = "fn f() {\n    let π = undefd;\n    let mut q = 1;\n    let _ = q;\n}\n"


def rust(text: str, word: str, code: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    start = text.index(word)
    return Diagnostic("rustc", code, code, Span(start, start + len(word)), severity)


def later(after: str, come: Diagnostic, checker: str = "cargo") -> list[str]:
    gone = rust(RUST, "undefd", "E0425", Severity.ERROR)
    return new_codes(RUST, after, gone, come, checker)


def test_a_warning_that_an_error_had_hidden_came_to_light() -> None:
    after = RUST.replace("undefd", "1")
    assert later(after, rust(after, "mut q", "unused_mut")) == []
    assert later(after, rust(after, "mut q", "unused_mut"), "ruff") == ["unused_mut"]


def test_a_warning_about_a_name_that_the_edit_wrote_or_removed_is_new() -> None:
    after = RUST.replace("undefd", "1")
    assert later(after, rust(after, "π", "unused_variables")) == ["unused_variables"]
    removed = RUST.replace("undefd", "1").replace("    let _ = q;\n", "")
    assert later(removed, rust(removed, "mut q", "unused_variables")) == ["unused_variables"]


def test_a_later_error_and_an_import_are_new() -> None:
    after = "use a::fmt;\n" + RUST.replace("undefd", "1")
    before_import = rust(after, "a::fmt", "unused_imports")
    assert later(after, before_import) == ["unused_imports"]
    error = rust(after, "mut q", "E0384", Severity.ERROR)
    assert later(after, error) == ["E0384"]


def test_without_an_error_that_is_gone_nothing_was_hidden() -> None:
    after = RUST.replace("undefd", "1")
    gone = rust(RUST, "undefd", "dead_code")
    come = rust(after, "mut q", "unused_mut")
    assert new_codes(RUST, after, gone, come, "cargo") == ["unused_mut"]
