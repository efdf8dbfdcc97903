"""Repairs beside what only gets around the same check: the one keeps its score, the other not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.evasion_problems import PROBLEMS, READ, UNTYPED, Problem
from tests.unit.engine.facts_factory import AUTO, TARGET, WRITTEN
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge
from understudy.engine.loosened import loosened


def facts(problem: Problem, old: str, new: str) -> Facts:
    """An edit of which the checkers say nothing but good."""
    assert problem.before.count(old) >= 1
    after = problem.before.replace(old, new, 1)
    start = problem.before.index(problem.at)
    span = Span(start, start + len(problem.at))
    target = replace(TARGET, span=span, code=problem.code, message=problem.message)
    view = replace(WRITTEN.before, text=problem.before, language=problem.language)
    edits = minimise(problem.before, after)
    scope = (Span(0, len(problem.before)),)
    return replace(WRITTEN, before=view, after=after, edits=edits, target=target, scope=scope)


GOOD = [(one, *pair) for one in PROBLEMS for pair in one.good]
BAD = [(one, *pair) for one in PROBLEMS for pair in one.bad]


@pytest.mark.parametrize(("problem", "old", "new"), GOOD, ids=lambda one: str(one)[:40])
def test_a_repair_is_offered_for_confirmation(problem: Problem, old: str, new: str) -> None:
    verdict = judge(facts(problem, old, new), AUTO)
    assert verdict.band is Band.CONFIRM, [one.evidence for one in verdict.reasons]


@pytest.mark.parametrize(("problem", "old", "new"), BAD, ids=lambda one: str(one)[:40])
def test_what_gets_around_the_check_is_below_every_repair(
    problem: Problem, old: str, new: str
) -> None:
    verdict = judge(facts(problem, old, new), AUTO)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    worst = min(judge(facts(problem, *pair), AUTO).score for pair in problem.good)
    assert verdict.score < worst


def test_where_nothing_was_found_a_variable_may_lose_its_type_and_a_parameter_not() -> None:
    (problem,) = (one for one in PROBLEMS if one.before == UNTYPED)
    variable = replace(facts(problem, "limit: float =", "limit ="), target=None)
    parameter = replace(facts(problem, "client: Client", "client"), target=None)
    assert loosened(variable) == ""
    assert loosened(parameter) == "client"


def test_what_ends_the_program_or_prints_a_failure_is_usual_in_its_place() -> None:
    main = READ.replace("func Read(path string) string", "func main()")
    fatal = "text, err := os.ReadFile(path)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}"
    (problem,) = (one for one in PROBLEMS if one.language == "go")
    problem = problem._replace(before=main)
    assert judge(facts(problem, "text, _ := os.ReadFile(path)", fatal), AUTO).band is Band.CONFIRM
    closing = "defer func() {\n\t\tif err := f.Close(); err != nil {\n\t\t\tlog.Println(err)\n\t\t}\n\t}()\n\treturn text"
    assert judge(facts(problem, "return text", closing), AUTO).band is Band.CONFIRM
