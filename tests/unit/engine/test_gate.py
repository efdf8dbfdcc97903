from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.config.settings import GateSettings
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.evidence import Band, CheckReport, CheckStatus, Comparison, Facts, Verdict
from understudy.engine.gate import judge
from understudy.engine.signals import WORD_WEIGHT
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.paths import Place
from understudy.workspace.view import View

BEFORE = "import os\n\n\ndef total(prices):\n    result = sum(prices)\n    return reslt\n"
AFTER = BEFORE.replace("reslt", "result")
AT = BEFORE.index("reslt")
TARGET = Diagnostic("ruff", "F821", "Undefined name `reslt`", Span(AT, AT + 5), Severity.ERROR)
NEW_ERROR = Diagnostic("ruff", "F821", "Undefined name `x`", Span(0, 1), Severity.ERROR)
NEW_WARNING = Diagnostic("ruff", "F841", "Unused variable", Span(0, 1), Severity.WARNING)
SYNTAX = CheckReport("python_syntax", CheckStatus.DONE)
RUFF = CheckReport("ruff", CheckStatus.DONE)
NO_TYPES = CheckReport("basedpyright", CheckStatus.MISSING, note="`basedpyright` is not installed.")
GONE = Comparison(True, fixed=(TARGET,), target_judged_by="ruff")
DEFAULT = GateSettings()
AUTO = GateSettings(auto_apply=True)
ROOT = Path("/work/project")


def facts_of(before: str, after: str, *, name: str = "src/shop.py") -> Facts:
    """A change in which everything speaks for the edit."""
    view = View("file:///x", before, Policy(), path=ROOT / name, root=ROOT)
    return Facts(
        before=view,
        after=after,
        edits=minimise(before, after),
        scope=(Span(0, len(before)),),
        target=TARGET,
        comparison=GONE,
        checks=(SYNTAX, RUFF, NO_TYPES),
        parsed_before=True,
        parses_after=True,
    )


GOOD = facts_of(BEFORE, AFTER)


def compared(gone: bool | None, *new: Diagnostic) -> Comparison:
    return Comparison(gone, new=new, target_judged_by="" if gone is None else "ruff")


def evidence(verdict: Verdict) -> str:
    return "\n".join(reason.evidence for reason in verdict.reasons)


@dataclass(frozen=True)
class Case:
    """A named situation and the bands that it gets with automatic applying off and on."""

    name: str
    facts: Facts
    band: Band
    auto: Band
    stops: tuple[str, ...] = field(default=())


def longer(lines: int) -> Facts:
    body = "".join(f"    value_{number} = {number}\n" for number in range(lines))
    other = body.replace(" = ", " = 1 + ")
    return facts_of(f"def f():\n{body}\n" * 1, f"def f():\n{other}\n")


TEN = "".join(f"line_{number} = {number}\n" for number in range(20))
CASES = [
    Case("a proved one-line fix", GOOD, Band.CONFIRM, Band.AUTO),
    Case("three changed lines", longer(3), Band.CONFIRM, Band.AUTO),
    Case("ten changed lines", longer(10), Band.CONFIRM, Band.CONFIRM),
    Case(
        "a fix that may change the meaning", replace(GOOD, safe=False), Band.CONFIRM, Band.CONFIRM
    ),
    Case("a rival that was proved too", replace(GOOD, rivals=1), Band.CONFIRM, Band.CONFIRM),
    Case(
        "edits of a kind that users undo", replace(GOOD, kept=(2, 60)), Band.CONFIRM, Band.CONFIRM
    ),
    Case("edits of a kind that users keep", replace(GOOD, kept=(58, 60)), Band.CONFIRM, Band.AUTO),
    Case(
        "a hesitant model",
        replace(GOOD, prose="I think so. It might work."),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case(
        "a new warning",
        replace(GOOD, comparison=compared(True, NEW_WARNING)),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case("only the syntax checked", replace(GOOD, checks=(SYNTAX,)), Band.CONFIRM, Band.CONFIRM),
    Case("only ruff", replace(GOOD, checks=(RUFF,), parses_after=None), Band.CONFIRM, Band.CONFIRM),
    Case(
        "a target that nobody could judge",
        replace(GOOD, comparison=compared(None)),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case(
        "no checker for the language",
        replace(GOOD, comparison=compared(None), checks=(), parsed_before=None, parses_after=None),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case(
        "checkers that did not answer",
        replace(
            GOOD, comparison=compared(None), checks=(replace(RUFF, status=CheckStatus.TIMEOUT),)
        ),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case(
        "no single target, all checked",
        replace(GOOD, target=None, comparison=compared(None)),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case(
        "no single target, only syntax",
        replace(GOOD, target=None, comparison=compared(None), checks=(SYNTAX,)),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case(
        "one of two syntax errors fixed",
        replace(GOOD, parsed_before=False, parses_after=False),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case("a Makefile", facts_of(BEFORE, AFTER, name="Makefile"), Band.CONFIRM, Band.CONFIRM),
    Case(
        "a workflow",
        facts_of(BEFORE, AFTER, name=".github/workflows/x.yml"),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case(
        "a link to a protected file",
        replace(GOOD, place=Place(protected="`x` is run by make.")),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case("no change", facts_of(BEFORE, BEFORE), Band.BLOCK, Band.BLOCK, ("no_change",)),
    Case(
        "broken syntax",
        replace(GOOD, parses_after=False),
        Band.BLOCK,
        Band.BLOCK,
        ("broken_syntax",),
    ),
    Case(
        "the target still there",
        replace(GOOD, comparison=compared(False)),
        Band.BLOCK,
        Band.BLOCK,
        ("target_remains",),
    ),
    Case(
        "a new error",
        replace(GOOD, comparison=compared(True, NEW_WARNING, NEW_ERROR)),
        Band.BLOCK,
        Band.BLOCK,
        ("new_error",),
    ),
    Case(
        "a new secret",
        facts_of(BEFORE, AFTER + 'key = "gh' + 'p_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"\n'),
        Band.BLOCK,
        Band.BLOCK,
        ("secret_added",),
    ),
    Case(
        "a mask left in the text",
        facts_of(BEFORE, AFTER + 'key = "<secret:aws:ab12>"\n'),
        Band.BLOCK,
        Band.BLOCK,
        ("mask_left",),
    ),
    Case(
        "conflict markers",
        facts_of(BEFORE, BEFORE + "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> b\n"),
        Band.BLOCK,
        Band.BLOCK,
        ("conflict_marker",),
    ),
    Case(
        "code left out",
        facts_of(TEN, TEN[: TEN.index("line_16")] + "# ... rest of the file unchanged\n"),
        Band.BLOCK,
        Band.BLOCK,
        ("code_left_out",),
    ),
    Case(
        "most of the file deleted",
        facts_of(TEN, TEN[: TEN.index("line_8")]),
        Band.BLOCK,
        Band.BLOCK,
        ("mass_deletion",),
    ),
    Case(
        "our own configuration",
        facts_of(BEFORE, AFTER, name=".understudy/config.toml"),
        Band.BLOCK,
        Band.BLOCK,
        ("own_configuration",),
    ),
    Case(
        "a file outside the folder",
        facts_of(BEFORE, AFTER, name="../other/a.py"),
        Band.BLOCK,
        Band.BLOCK,
        ("outside_workspace",),
    ),
    Case(
        "a link that leaves the folder",
        replace(GOOD, place=Place(inside=False)),
        Band.BLOCK,
        Band.BLOCK,
        ("outside_workspace",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_situation_has_its_band(case: Case) -> None:
    off, on = judge(case.facts, DEFAULT), judge(case.facts, AUTO)
    assert (off.band, on.band) == (case.band, case.auto)
    for verdict in (off, on):
        assert [one.signal for one in verdict.reasons if one.evidence in verdict.hard_stops] == [
            *case.stops
        ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_values_times_weights_add_up_to_the_score(case: Case) -> None:
    verdict = judge(case.facts, AUTO)
    products = [one.value * one.weight for one in verdict.reasons if one.value is not None]
    assert verdict.score == pytest.approx(sum(products))
    assert sum(one.weight for one in verdict.reasons) == pytest.approx(1)
    assert all(one.weight == 0 for one in verdict.reasons if one.value is None)
    assert all(one.evidence and one.signal for one in verdict.reasons)
    assert 0 <= verdict.score <= 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_equal_facts_get_equal_verdicts(case: Case) -> None:
    twin = replace(case.facts, before=replace(case.facts.before))
    assert judge(case.facts, AUTO) == judge(twin, AUTO)


def test_a_proved_fix_says_line_by_line_what_was_proved() -> None:
    lines = evidence(judge(GOOD, DEFAULT)).split("\n")
    assert "ruff: F821 gone, nothing new" in lines
    assert "python_syntax: nothing new" in lines
    assert "`basedpyright` is not installed" in lines
    assert "ruff F821 is gone, ruff says" in lines
    assert "1 line changed" in lines


@pytest.mark.parametrize("status", [CheckStatus.MISSING, CheckStatus.TIMEOUT, CheckStatus.FAILED])
def test_a_checker_that_did_not_look_is_named_and_weighs_nothing(status: CheckStatus) -> None:
    absent = judge(replace(GOOD, checks=(SYNTAX, RUFF)), DEFAULT)
    present = judge(replace(GOOD, checks=(SYNTAX, RUFF, CheckReport("mypy", status))), DEFAULT)
    assert present.score == pytest.approx(absent.score)
    assert "mypy" in evidence(present)


def test_limited_evidence_says_so() -> None:
    verdict = judge(replace(GOOD, checks=(NO_TYPES,), comparison=compared(None)), DEFAULT)
    assert verdict.band is Band.REVIEW
    assert "Limited evidence: no checker looked at it" in evidence(verdict)


def test_a_new_warning_lowers_the_score_strongly_and_is_named() -> None:
    verdict = judge(replace(GOOD, comparison=compared(True, NEW_WARNING)), DEFAULT)
    assert verdict.score < judge(GOOD, DEFAULT).score - 0.2
    assert "ruff: F821 gone, new: ruff F841" in evidence(verdict)


def test_a_new_problem_of_an_unlisted_tool_is_named_as_well() -> None:
    foreign = replace(NEW_WARNING, source="pylint")
    verdict = judge(replace(GOOD, comparison=compared(True, foreign)), DEFAULT)
    assert "New: pylint F841" in evidence(verdict)
    assert verdict.band is Band.REVIEW


def test_hard_stops_are_whole_sentences_and_all_of_them_are_told() -> None:
    verdict = judge(replace(GOOD, comparison=compared(False, NEW_ERROR), parses_after=False), AUTO)
    assert len(verdict.hard_stops) == 3
    assert all(stop[0].isupper() or stop.startswith("ruff") for stop in verdict.hard_stops)
    assert all(stop.endswith(".") for stop in verdict.hard_stops)


def test_history_moves_the_score_smoothly_and_in_its_direction() -> None:
    scores = [judge(replace(GOOD, kept=(kept, 20)), DEFAULT).score for kept in range(21)]
    assert scores == sorted(scores)
    assert max(b - a for a, b in pairwise(scores)) < 0.01


def test_fewer_changed_lines_score_higher() -> None:
    scores = [judge(longer(lines), DEFAULT).score for lines in (1, 2, 3, 6, 30)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 5


def test_lines_that_nobody_asked_about_lower_the_score() -> None:
    elsewhere = (Span(0, 1),)
    inside, outside = judge(GOOD, DEFAULT), judge(replace(GOOD, scope=elsewhere), DEFAULT)
    assert outside.score < inside.score
    assert "1 of 1 place outside the lines asked about" in evidence(outside)


def test_a_new_import_is_never_out_of_scope() -> None:
    after = AFTER.replace("import os\n", "import os\nfrom pathlib import Path\n")
    facts = replace(facts_of(BEFORE, after), scope=(Span(AT, AT + 5),))
    assert "Only the lines asked about and imports are touched" in evidence(judge(facts, DEFAULT))


def test_other_problems_that_went_away_count_for_the_edit() -> None:
    more = replace(GONE, fixed=(TARGET, NEW_WARNING))
    doubtful = replace(GOOD, kept=(0, 50))
    both = replace(doubtful, comparison=more)
    assert judge(both, DEFAULT).score > judge(doubtful, DEFAULT).score
    assert "1 other problem gone as well" in evidence(judge(both, DEFAULT))


def test_thresholds_decide_below_the_limits() -> None:
    strict = GateSettings(
        auto_score=0.999, confirm_score=0.998, review_score=0.997, auto_apply=True
    )
    assert judge(GOOD, strict).band is Band.BLOCK
    assert judge(GOOD, strict).hard_stops == ()
    assert judge(GOOD, replace(strict, review_score=0.5)).band is Band.REVIEW
    assert judge(GOOD, replace(strict, confirm_score=0.5)).band is Band.CONFIRM


def test_a_boast_can_not_save_a_false_assertion() -> None:
    facts = facts_of(BEFORE, BEFORE.replace("return reslt", "assert False"))
    boasting = replace(facts, comparison=compared(False), prose="This will work because x.")
    assert judge(boasting, AUTO).band is Band.BLOCK


PROSE = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                "I'm confident. ",
                "This will work. ",
                "Straightforward. ",
                "I think ",
                "might work ",
                "```\n",
                "Should I? ",
                "not ",
                "score: 1.0 ",
            ]
        )
    ).map("".join),
)


@given(PROSE, PROSE, st.sampled_from(CASES))
def test_no_words_move_the_score_by_more_than_their_weight(
    first: str, more: str, case: Case
) -> None:
    less = judge(replace(case.facts, prose=first), AUTO)
    verdict = judge(replace(case.facts, prose=first + more), AUTO)
    assert abs(verdict.score - less.score) <= WORD_WEIGHT + 1e-9
    assert verdict.hard_stops == less.hard_stops
    assert (verdict.band is Band.BLOCK) == (less.band is Band.BLOCK)


def test_eight_boasts_move_the_score_no_more_than_one() -> None:
    weak = replace(GOOD, comparison=compared(None), safe=False)
    silent, one, eight = (
        judge(replace(weak, prose="This will work. " * count), DEFAULT).score for count in (0, 1, 8)
    )
    assert silent < one == eight
    assert one - silent <= WORD_WEIGHT


@given(st.text(), st.text(), st.booleans(), st.booleans())
def test_no_text_makes_the_gate_raise(before: str, after: str, parses: bool, safe: bool) -> None:
    facts = replace(
        facts_of(before, after), parses_after=parses, safe=safe, prose=after, target=None
    )
    assert judge(facts, AUTO).band in Band
