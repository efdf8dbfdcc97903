"""Which findings are one problem, whoever tells them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.findings_factory import at, broken, done
from understudy.core.lines import LineIndex
from understudy.core.text import Edit, Span
from understudy.engine import known
from understudy.engine.evidence import CheckReport, CheckStatus
from understudy.engine.identity import matters, same_matter
from understudy.engine.known import is_compiler
from understudy.engine.problems import beyond, merged, problems, shared
from understudy.workspace.diagnostics import (
    Diagnostic,
    Severity,
    Suggestion,
    is_syntax_error,
)

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pytest

TEXT = "".join(f"line {number}\n" for number in range(10))
INDEX = LineIndex(TEXT)
CODES = ["F821", "F401", "reportUndefinedVariable", "name-defined", "arg-type", "syntax-error", ""]
SPANS = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda at: Span(at[0], sum(at)))
FINDINGS = st.lists(
    st.builds(
        Diagnostic,
        source=st.sampled_from(["ruff", "python", "basedpyright", "mypy"]),
        code=st.sampled_from(CODES),
        message=st.sampled_from(["`x` is not defined", "`y` unused", "`x` is odd", "odd"]),
        span=SPANS,
        severity=st.sampled_from([Severity.ERROR, Severity.WARNING]),
    ),
    max_size=12,
)


def test_of_two_that_say_the_same_the_one_that_is_kept_has_the_suggestions_of_the_other() -> None:
    text = "strings.ToUpper()\n"
    plain = at(text, "strings", "UndeclaredName", source="go")
    helpful = Suggestion("Add an import", (Edit(Span(0, 0), "import strings\n"),))
    other = replace(plain, source="compiler", suggestions=(helpful,))
    (kept,) = problems((done(plain, checker="go_vet"), done(other, checker="gopls")))
    assert (kept.source, kept.suggestions) == ("go", (helpful,))
    own = replace(plain, suggestions=(Suggestion("Own", helpful.edits),))
    (kept,) = problems((done(own, checker="go_vet"), done(other, checker="gopls")))
    assert kept.suggestions == own.suggestions


def test_two_findings_with_one_name_are_not_the_same_problem_for_that() -> None:
    text = "open(Path)\n"
    undefined = at(text, "Path")
    message = 'Argument 1 to "open" has incompatible type "Path"'
    foreign = at(text, "Path", "arg-type", message=message, source="mypy")
    assert merged((foreign,), (undefined,)) == (foreign, undefined)


def test_one_undefined_name_that_two_tools_find_is_one_problem() -> None:
    text = "open(Path)\n"
    ours = at(text, "Path")
    foreign = replace(
        ours, source="mypy", code="name-defined", message='Name "Path" is not defined'
    )
    assert merged((foreign,), (ours,)) == (ours,)
    assert shared((ours,), (foreign,)) == (ours,)


def test_parsers_that_mark_different_words_of_one_line_mean_the_same() -> None:
    text = "x = (\ny = 1 1 zz\n"
    first = broken(text, "(")
    later = replace(broken(text, "1 1"), source="ruff", code="invalid-syntax")
    same_line = replace(broken(text, "zz"), source="basedpyright")
    assert problems([done(first, checker="python_syntax"), done(later)]) == (first,)
    others = [done(replace(later, span=Span(0, 1)), later), done(same_line, checker="basedpyright")]
    assert problems(others, index=LineIndex(text)) == (replace(later, span=Span(0, 1)), later)


def test_a_second_syntax_error_on_another_line_is_a_problem_of_its_own() -> None:
    text = "def f(:\n    pass\n\ndef g(:\n    pass\n"
    compiler = broken(text, ":")
    ruff = replace(compiler, source="ruff", code="invalid-syntax")
    second = replace(broken(text, "def g(|:"), source="ruff", code="invalid-syntax")
    reports = [done(ruff, second), done(compiler, checker="python_syntax")]
    assert problems(reports, index=LineIndex(text)) == (compiler, second)


def test_the_compilers_error_comes_before_what_other_parsers_guess_behind_theirs() -> None:
    text = "x = (\ny = 1 1\nz = 2 2\n"
    compiler = broken(text, "2 2")
    guesses = [replace(broken(text, word), source="ruff") for word in ("(", "1 1")]
    reports = [done(*guesses), done(compiler, checker="python_syntax")]
    assert problems(reports, index=LineIndex(text)) == (compiler, guesses[1])


def test_what_is_not_wanted_hides_nothing() -> None:
    text = "x\n"
    ours, other = at(text, "x"), at(text, "x", source="basedpyright")
    other = replace(other, severity=Severity.ERROR)
    reports = [done(ours), done(other, checker="basedpyright")]
    assert problems(reports) == (ours,)
    assert problems(reports, lambda one: one.source == "basedpyright") == (other,)


def are_same(
    one: Diagnostic, other: Diagnostic, pool: list[Diagnostic], rest: list[Diagnostic]
) -> bool:
    """The definition, pair by pair."""
    if one.source == other.source:
        return (one.code, one.span.start) == (other.code, other.span.start)
    if one.span.touches(other.span) and same_matter(one, other):
        return True
    if not (is_syntax_error(one) and is_syntax_error(other)):
        return False
    if INDEX.line_of(one.span.start) == INDEX.line_of(other.span.start):
        return True
    both_first = one == first_of(one.source, pool) and other == first_of(other.source, rest)
    return both_first and (is_compiler(one.source) or is_compiler(other.source))


def first_of(source: str, found: list[Diagnostic]) -> Diagnostic:
    errors = [one for one in found if one.source == source and is_syntax_error(one)]
    return min(errors, key=lambda one: one.span.start)


@given(FINDINGS, FINDINGS)
def test_findings_are_told_apart_as_by_looking_at_each_pair(
    some: list[Diagnostic], others: list[Diagnostic]
) -> None:
    expected = tuple(
        one for one in some if not any(are_same(one, other, some, others) for other in others)
    )
    assert beyond(some, others, INDEX) == expected
    assert [one for one in some if one not in expected] == list(shared(some, others, INDEX))


@given(FINDINGS)
def test_each_problem_stands_once_on_the_list(found: list[Diagnostic]) -> None:
    kept: list[Diagnostic] = []
    for one in found:
        if not any(are_same(one, other, found, found) for other in kept):
            kept.append(one)
    reports = [CheckReport("any", CheckStatus.DONE, tuple(found))]
    assert sorted(problems(reports, index=INDEX), key=repr) == sorted(kept, key=repr)


def test_the_messages_of_many_findings_are_each_read_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def counted(diagnostic: Diagnostic) -> frozenset[Hashable]:
        read.append(diagnostic.message)
        return matters(diagnostic)

    monkeypatch.setattr(known, "matters", counted)
    text = "x = undefd\n" * 600
    found = [at(text, "undefd", message=f"Undefined name `undefd{n}`") for n in range(600)]
    found = [replace(one, span=Span(n * 11 + 4, n * 11 + 10)) for n, one in enumerate(found)]
    assert len(problems([done(*found)])) == 600
    foreign = [replace(one, source="mypy", code="name-defined") for one in found]
    assert merged(foreign, tuple(found)) == tuple(found)
    assert len(read) <= 4 * len(found)
