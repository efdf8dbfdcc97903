"""Edits that make a problem unseen instead of mending it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
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
    ("python", "return len(x)  # type:ignore\n"),
    ("python", "# ruff: noqa\nreturn x\n"),
    ("python", "# ruff: noqa: F821\nreturn x\n"),
    ("python", "# flake8: noqa\nreturn x\n"),
    ("python", "# pyright: reportReturnType=false\nreturn x\n"),
    ("python", "# pyright: basic\nreturn x\n"),
    ("python", "# mypy: ignore-errors\nreturn x\n"),
    ("python", "# pylint: skip-file\nreturn x\n"),
    ("python", "# pyre-ignore-all-errors\nreturn x\n"),
    ("python", "@no_type_check\ndef f(): ...\nreturn x\n"),
    ("python", "return len(x)  # nosec\n"),
    ("python", "return len(x)  # pragma: no cover\n"),
    ("javascript", "/* eslint no-undef: 0 */\nreturn x;\n"),
    ("javascript", "/* global foo */\nreturn x;\n"),
    ("typescript", "// biome-ignore-all lint: none\nreturn x;\n"),
    ("typescript", "// deno-lint-ignore no-explicit-any\nreturn x;\n"),
    ("go", "//lint:ignore SA4006 it is fine\nreturn x\n"),
    ("go", "//go:build ignore\n\nreturn x\n"),
    ("rust", "#[cfg_attr(all(), allow(dead_code))]\nfn one() {}\n"),
    ("rust", "#![expect(unused)]\nfn one() {}\n"),
    ("c", '#pragma GCC diagnostic ignored "-Wunused"\nreturn x;\n'),
    ("c", "#pragma warning(disable: 4101)\nreturn x;\n"),
    ("cpp", "return x; // NOLINT\n"),
    ("java", '@SuppressWarnings("unchecked")\nvoid f() {}\n'),
    ("kotlin", '@Suppress("UNUSED")\nfun f() {}\n'),
    ("shellscript", "# shellcheck disable=SC2086\nreturn x\n"),
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


PUT_ASIDE = [
    (
        "python",
        "def test_a():\n    assert f()\n",
        "@pytest.mark.skip\ndef test_a():\n    assert f()\n",
    ),
    (
        "python",
        "def test_a():\n    assert f()\n",
        "@pytest.mark.xfail\ndef test_a():\n    assert f()\n",
    ),
    (
        "python",
        "def test_a():\n    assert f()\n",
        "@unittest.skip('x')\ndef test_a():\n    assert f()\n",
    ),
    (
        "python",
        "def test_a():\n    assert f()\n",
        "def test_a():\n    pytest.skip()\n    assert f()\n",
    ),
    ("python", "def test_a():\n    assert f()\n", "def test_a():\n    assert f() or True\n"),
    ("python", "    f()\n", "    # f()\n"),
    ("rust", "#[test]\nfn a() { f(); }\n", "#[test]\n#[ignore]\nfn a() { f(); }\n"),
    ("rust", "#[test]\nfn a() { f(); }\n", "#[test]\n#[should_panic]\nfn a() { f(); }\n"),
    ("rust", "fn a() { f(); }\n", "/*\nfn a() { f(); }\n*/\n"),
    (
        "go",
        "func TestA(t *testing.T) {\n\tf()\n}\n",
        "func TestA(t *testing.T) {\n\tt.Skip()\n\tf()\n}\n",
    ),
    ("go", "func a() {\n\tf()\n}\n", "func a() {\n\t// f()\n}\n"),
    (
        "typescript",
        "test('a', () => {\n  f();\n});\n",
        "test('a', { skip: true }, () => {\n  f();\n});\n",
    ),
    ("typescript", "test('a', () => {\n  f();\n});\n", "test.skip('a', () => {\n  f();\n});\n"),
    ("python", "f()\ng()\n", '"""\nf()\ng()\n"""\n'),
    ("java", "@Test\nvoid a() {}\n", "@Disabled\n@Test\nvoid a() {}\n"),
]


@pytest.mark.parametrize(("language", "before", "after"), PUT_ASIDE)
def test_what_is_no_longer_run_is_looked_at(language: str, before: str, after: str) -> None:
    edit = changed(before, after, language)
    assert silenced(edit) or lost_check(edit)
    assert judge(edit, DEFAULT).band in {Band.REVIEW, Band.BLOCK}


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("python", "    # f()\n", "    f()\n"),
        ("python", "    f()\n", "    # Once more.\n    f()\n"),
        ("typescript", "f();\n", "/* Once more. */\nf();\n"),
        ("typescript", "const a = { skip: false };\n", "const a = { skip: undefined };\n"),
        ("python", "assert f(1)\n", "assert f(2)\n"),
        ("go", "x := 1\n", "x := 2 // two\n"),
    ],
)
def test_what_is_run_still_is_not_put_aside(language: str, before: str, after: str) -> None:
    edit = changed(before, after, language)
    assert not silenced(edit)
    assert not lost_check(edit)


HATCHES = [
    ("python", "y = cast(Any, x)\n"),
    ("python", "assert x is not None\n"),
    ("python", "_ = compute(x)\n"),
    ("python", "raise NotImplementedError\n"),
    ("python", "return globals()['x']\n"),
    ("python", "if 0:\n    return y\n"),
    ("typescript", "if (false) { f(y); }\n"),
    ("typescript", "const a: Record<number, any> = {};\n"),
    ("typescript", "declare global { interface Number { x: 1 } }\n"),
    ("go", 'import _ "os"\n'),
    ("python", "if not TYPE_CHECKING:\n    return y\n"),
    ("rust", "#[cfg(any())]\nfn a() {}\n"),
    ("typescript", "return <number><unknown>a;\n"),
    ("javascript", "return eval(a);\n"),
    ("go", "defer func() { recover() }()\n"),
    ("java", "throw new UnsupportedOperationException();\n"),
    ("c", "#if 0\nreturn y;\n#endif\n"),
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
    ("python", "with contextlib.suppress(ValueError):\n    f()\n"),
    ("go", "if err != nil {\n}\n"),
    ("go", "err = nil\n"),
    ("typescript", "load().catch(() => {});\n"),
    ("javascript", "load().catch(e => undefined);\n"),
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
        ("python", "_LIMIT = 100\n"),
        ("python", "_log = logging.getLogger(__name__)\n"),
        ("rust", "let _guard = m.lock();\n"),
        ("typescript", "load().catch((e) => show(e));\n"),
    ],
)
def test_honest_code_is_not_taken_for_a_way_around(language: str, after: str) -> None:
    assert not hatch(changed("old\n", after, language))


def test_an_assumption_is_usual_in_a_test_alone() -> None:
    edit = changed("old\n", "assert x is not None\n")
    there = replace(edit.before, path=Path("/somewhere/tests/test_shop.py"))
    assert hatch(edit)
    assert not hatch(replace(edit, before=there))


def test_a_name_for_nobody_gets_around_what_must_be_used() -> None:
    edit = changed("write();\n", "let _done = write();\n", "rust", at="write")
    target = replace(TARGET, code="unused_must_use")
    assert not hatch(edit)
    assert hatch(replace(edit, target=target))


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


@given(
    st.text(), st.text(), st.sampled_from(["python", "typescript", "go", "rust", "ruby", "text"])
)
def test_no_text_makes_them_raise(before: str, after: str, language: str) -> None:
    view = View("untitled:a", before, WRITTEN.before.policy, language=language)
    edit = replace(WRITTEN, before=view, after=after, edits=minimise(before, after), target=None)
    for look in (silenced, hatch, lost_check):
        assert isinstance(look(edit), str)
    assert only_deleted(edit) is False
