"""A fix in a language for which there is nothing but its grammar."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pytest

from understudy.checkers import all_checkers
from understudy.config.policy import Policy
from understudy.config.settings import CheckerSettings, FixSettings, GateSettings, Settings
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine import attempt
from understudy.engine.checking import check
from understudy.engine.evidence import Band
from understudy.engine.problems import problems
from understudy.engine.rules import Draft
from understudy.engine.run import fix
from understudy.engine.services import Services
from understudy.fixers import Proposal
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.engine.outcome import Outcome

OFF = {name: CheckerSettings(enabled=False) for name in all_checkers() if name != "syntax"}
ONLY_GRAMMARS = Settings(
    checkers=MappingProxyType(OFF), gate=GateSettings(auto_apply=True), fix=FixSettings(unsafe=True)
)


class Case(NamedTuple):
    name: str
    text: str
    source: str


CASES = {
    "go": Case(
        "a.go", "package a\n\n// π😀\nfunc f(total int) int {\n\treturn totl\n}\n", "compiler"
    ),
    "typescript": Case(
        "a.ts", "// π😀\nexport function f(total: number): number {\n  return totl;\n}\n", "ts"
    ),
    "rust": Case("a.rs", "// π😀\npub fn f(total: i32) -> i32 {\n    totl\n}\n", "rustc"),
}


async def fixed(
    monkeypatch: pytest.MonkeyPatch, view: View, target: Diagnostic, after: str
) -> Outcome:
    proposal = Proposal(minimise(view.text, after), "It is meant.", safe=True)
    monkeypatch.setattr(attempt, "drafts", lambda _: [Draft(proposal, "scripted", after)])
    return await fix(view, target, Services(settings=ONLY_GRAMMARS))


def document(language: str, text: str, folder: Path) -> View:
    path = folder / CASES[language].name
    return View(path.as_uri(), text, Policy(), path=path, root=folder, language=language)


def undefined(view: View, source: str) -> Diagnostic:
    at = view.text.index("totl")
    return Diagnostic(source, "", "undefined: totl", Span(at, at + 4), Severity.ERROR)


@pytest.mark.parametrize("language", sorted(CASES))
async def test_an_edit_of_which_only_the_syntax_is_known_is_shown_for_review(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    case = CASES[language]
    view = document(language, case.text, tmp_path)
    target = undefined(view, case.source)
    outcome = await fixed(monkeypatch, view, target, case.text.replace("totl", "total"))
    assert outcome.offered is not None
    verdict = outcome.offered.verdict
    assert verdict.band is Band.REVIEW
    limits = [reason.evidence for reason in verdict.reasons if reason.signal == "limited_evidence"]
    assert limits == ["Limited evidence: only its syntax was checked"]


@pytest.mark.parametrize("language", sorted(CASES))
async def test_an_edit_that_breaks_the_syntax_is_blocked(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    case = CASES[language]
    view = document(language, case.text, tmp_path)
    target = undefined(view, case.source)
    outcome = await fixed(monkeypatch, view, target, case.text.replace("totl", "total)"))
    assert outcome.offered is None
    assert outcome.candidate is not None
    stops = [reason.signal for reason in outcome.candidate.verdict.reasons if reason.value == 0]
    assert "broken_syntax" in stops


async def test_a_syntax_error_that_is_gone_is_still_limited_evidence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "package a\n\nfunc f() int {\n\treturn (1 + 2\n}\n"
    view = document("go", text, tmp_path)
    at = text.index("2")
    target = Diagnostic(
        "syntax", "", "missing ',' in argument list", Span(at, at + 1), Severity.ERROR
    )
    outcome = await fixed(monkeypatch, view, target, text.replace("2\n", "2)\n"))
    assert outcome.offered is not None
    assert outcome.offered.comparison.target_gone is True
    assert outcome.offered.verdict.band is Band.REVIEW


async def test_what_the_grammar_can_not_read_does_not_stop_an_edit_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unknown = "BEGIN_DECLS(a b) c d {{\n\n\n"
    text = unknown + "int f(int total) {\n    return totl;\n}\n"
    view = replace(document("go", text, tmp_path), language="c", path=tmp_path / "a.c")
    outcome = await fixed(
        monkeypatch, view, undefined(view, "clang"), text.replace("totl", "total")
    )
    assert outcome.offered is not None
    verdict = outcome.offered.verdict
    parsing = next(reason for reason in verdict.reasons if reason.signal == "parses")
    assert (parsing.value, verdict.band, verdict.hard_stops) == (None, Band.REVIEW, ())


async def test_what_a_grammar_of_macros_can_not_read_is_no_problem_to_work_on(
    tmp_path: Path,
) -> None:
    view = replace(document("go", "int f() API(a b) {\n", tmp_path), language="c")
    reports = await check(view, ONLY_GRAMMARS)
    assert [one.checker for one in reports if one.diagnostics] == ["syntax"]
    assert problems(reports) == ()
    go = document("go", "package a\n\nfunc f( {\n", tmp_path)
    assert len(problems(await check(go, ONLY_GRAMMARS))) == 1
