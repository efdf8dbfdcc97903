"""Edits that make a problem unseen instead of mending it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.facts_factory import (
    AFTER,
    AUTO,
    BEFORE,
    DEFAULT,
    SUGGESTED,
    TARGET,
    WRITTEN,
    evidence,
    facts_of,
)
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.evasions import hatch, lost_check, only_deleted, silenced
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge
from understudy.engine.gate_weights import WEIGHTS
from understudy.engine.strata import TOOL_FIX, stratum_of
from understudy.workspace.diagnostics import Suggestion
from understudy.workspace.view import View


def changed(before: str, after: str, language: str = "python", at: str = "") -> Facts:
    """An edit whose target is the first place where `at` stands."""
    view = replace(WRITTEN.before, text=before, language=language)
    start = before.index(at)
    target = replace(TARGET, span=Span(start, start + len(at)))
    return replace(WRITTEN, before=view, after=after, edits=minimise(before, after), target=target)


SILENT = [
    ("python", "return len(x)  # noqa: F821\n"),
    ("python", "return len(x)  # type: ignore[arg-type]\n"),
    ("python", "return len(x)  # pyright: ignore\n"),
    ("typescript", "// @ts-ignore\nreturn x.length;\n"),
    ("typescript", "// eslint-disable-next-line no-undef\nreturn x.length;\n"),
    ("rust", "#[allow(dead_code)]\nfn one() {}\n"),
    ("go", "return x //nolint\n"),
]


@pytest.mark.parametrize(("language", "after"), SILENT)
def test_a_remark_that_silences_a_tool_is_seen_and_the_edit_is_looked_at(
    language: str, after: str
) -> None:
    edit = changed("return x\n", after, language)
    assert silenced(edit)
    verdict = judge(edit, DEFAULT)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    assert "tells a tool to look away" in evidence(verdict)


def test_a_remark_that_stood_there_before_is_nobodys_fault() -> None:
    assert not silenced(changed("x = 1  # noqa: E501\n", "x = 2  # noqa: E501\n"))
    assert not silenced(changed("x = 1  # noqa: E501\n", "x = 1\n"))


HATCHES = [
    ("python", "y = cast(Any, x)\n"),
    ("python", "assert x is not None\n"),
    ("python", "_ = compute(x)\n"),
    ("python", "raise NotImplementedError\n"),
    ("python", "try:\n    f()\nexcept ValueError:\n    pass\n"),
    ("typescript", "const y = x as Item;\n"),
    ("typescript", "function f(x: any) {}\n"),
    ("typescript", "return found![1];\n"),
    ("typescript", 'throw new Error("Method not implemented.");\n'),
    ("typescript", "try { f(); } catch (e) { }\n"),
    ("go", "_ = err\n"),
    ("go", "n, _ := strconv.Atoi(s)\n"),
    ("go", "panic(err)\n"),
    ("go", "if err != nil {\n\treturn 0, nil\n}\n"),
    ("rust", "let n = text.parse().unwrap();\n"),
    ("rust", "let _ = write();\n"),
    ("rust", "_ => todo!(),\n"),
    ("rust", "write().ok();\n"),
]


@pytest.mark.parametrize(("language", "after"), HATCHES)
def test_what_gets_around_a_check_lowers_the_score_and_is_named(language: str, after: str) -> None:
    edit = changed("old\n", after, language)
    assert hatch(edit)
    verdict = judge(edit, DEFAULT)
    assert verdict.score < judge(changed("old\n", "mended()\n", language), DEFAULT).score
    assert "gets around the check" in evidence(verdict)


@pytest.mark.parametrize(
    ("language", "after"),
    [
        ("python", "assert total(1) == 2\n"),
        ("python", 'print("use cast(Any, x)")  # getattr(x) is meant\n'),
        ("python", "except ValueError:\n    return 0\n"),
        ("typescript", "const names = ['a'] as const;\n"),
        ("typescript", "if (!ready && a != b) { return; }\n"),
        ("typescript", "// as anybody can see\n"),
        ("go", "if err != nil {\n\treturn 0, err\n}\n"),
        ("go", "for _, one := range all {\n}\n"),
        ("rust", "let n = text.parse().unwrap_or(0);\n"),
        ("ruby", "x = y\n"),
    ],
)
def test_honest_code_is_not_taken_for_a_way_around(language: str, after: str) -> None:
    assert not hatch(changed("old\n", after, language))


TESTS = "def test_one():\n    assert f(1) == 2\n\n\ndef test_two():\n    assert f(2) == 3\n"


@pytest.mark.parametrize(
    ("after", "lost"),
    [
        (TESTS[: TESTS.index("\n\n\ndef test_two")] + "\n", True),
        (TESTS.replace("assert f(2) == 3", "f(2)"), True),
        (TESTS.replace("assert f(2) == 3", "assert f(2) == 4"), False),
        (TESTS.replace("test_two", "test_three"), False),
        (TESTS + "    assert f(3) == 4\n", False),
    ],
)
def test_a_lost_test_or_assertion_is_seen(after: str, lost: bool) -> None:
    edit = changed(TESTS, after)
    assert bool(lost_check(edit)) is lost
    assert (judge(edit, DEFAULT).band is Band.REVIEW) is lost


@pytest.mark.parametrize(
    ("before", "after", "at", "deleted"),
    [
        ("a = 1\nb = f()\nc = 2\n", "a = 1\nc = 2\n", "b", True),
        ("a = 1\nb = f()\nc = 2\n", "a = 1\nf()\nc = 2\n", "b", False),
        ("a = 1\nb = f()\nc = 2\n", "b = f()\nc = 2\n", "c", False),
        ("import os\nimport sys\nx = 1\n", "import sys\nx = 1\n", "import os", False),
    ],
)
def test_marked_code_that_goes_away_without_a_substitute_is_seen(
    before: str, after: str, at: str, deleted: bool
) -> None:
    assert only_deleted(changed(before, after, at=at)) is deleted


def test_a_name_that_is_nearly_spelt_so_speaks_for_an_edit() -> None:
    near = judge(WRITTEN, DEFAULT)
    far = judge(facts_of(BEFORE, BEFORE.replace("reslt", "prices")), DEFAULT)
    assert "`reslt` is nearly spelt like `result`" in evidence(near)
    assert "nearly spelt" not in evidence(far)
    added = {one.signal: one.log_odds for one in near.reasons}["near_name"]
    assert added == pytest.approx(WEIGHTS["near_name"].log_odds)


def test_a_tools_own_fix_that_gets_around_the_check_is_not_of_the_certain_kind() -> None:
    after = AFTER.replace("return result", "return cast(int, result)")
    edits = minimise(BEFORE, after)
    target = replace(SUGGESTED, suggestions=(Suggestion("Cast", edits, safe=True),))
    honest = replace(WRITTEN, target=SUGGESTED)
    evading = replace(WRITTEN, target=target, after=after, edits=edits)
    assert (stratum_of(honest), judge(honest, AUTO).band) == (TOOL_FIX, Band.AUTO)
    assert stratum_of(evading) != TOOL_FIX
    assert judge(evading, AUTO).band is not Band.AUTO


def test_rules_are_not_asked_how_they_go_about_it() -> None:
    after = AFTER.replace("return result", "return result  # noqa: F821")
    ruled = replace(facts_of(BEFORE, after), rule="did_you_mean")
    assert "look away" not in evidence(judge(ruled, DEFAULT))


@settings(deadline=None)
@given(
    st.text(), st.text(), st.sampled_from(["python", "typescript", "go", "rust", "ruby", "text"])
)
def test_no_text_makes_them_raise(before: str, after: str, language: str) -> None:
    view = View("untitled:a", before, WRITTEN.before.policy, language=language)
    edit = replace(WRITTEN, before=view, after=after, edits=minimise(before, after), target=None)
    for look in (silenced, hatch, lost_check):
        assert isinstance(look(edit), str)
    assert only_deleted(edit) is False
