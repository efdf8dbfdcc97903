"""`understudy route evaluate`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.two_models import LEARNING, worked
from understudy.cli import main
from understudy.cli.route_report import points, seldom
from understudy.engine.replayed import Margin, Unknown

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("project")


def test_an_evaluation_without_runs_says_so_and_makes_no_journal(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["route", "evaluate"]) == 1
    assert capsys.readouterr().out == (
        "No run that says something about a model has been recorded yet.\n"
    )
    assert not (home / "journal.sqlite3").exists()


@pytest.mark.parametrize(
    ("margin", "told"),
    [
        (Margin(-1e-17, 0.0), "+0.0 ± 0.0 points, no more than chance may do"),
        (Margin(-0.0004, 0.0001), "+0.0 ± 0.0 points, no more than chance may do"),
        (Margin(-0.002, 0.001), "-0.2 ± 0.1 points"),
        (Margin(0.2, 0.3), "+20.0 ± 30.0 points, no more than chance may do"),
    ],
)
def test_a_gain_that_is_too_small_to_be_told_is_no_sure_one(margin: Margin, told: str) -> None:
    assert points(margin) == told


def test_an_evaluation_says_how_many_runs_are_missing(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(LEARNING, encoding="utf-8")
    worked(8, {"one/model": 0.0, "two/model": 1.0})
    assert main(["route", "evaluate"]) == 1
    assert capsys.readouterr().out == (
        "explain: too little to compare: two models with 10 runs each are needed, which is 12 runs"
        " more (one/model has 4, two/model has 4).\n"
    )


def test_an_evaluation_tells_what_the_choices_are_worth_beside_all_fixed_ones(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(LEARNING, encoding="utf-8")
    worked(40, {"one/model": 0.0, "two/model": 1.0})
    assert main(["route", "evaluate"]) == 0
    title, heads, router, *fixed, oracle, gain, first, chosen, recorded, _, note = (
        capsys.readouterr().out.splitlines()
    )
    assert title == "explain: 40 runs"
    assert heads.startswith("Choice ")
    assert router.startswith("the router ")
    assert [one.split("  ")[0] for one in fixed] == [
        *("best fixed plan", "best single model", "cheapest model"),
    ]
    assert " two/model " in fixed[1]
    assert " one/model " in fixed[2]
    assert oracle.startswith("oracle ")
    assert gain.startswith("Gain in worth over always two/model")
    assert " ± " in gain
    assert first.startswith("Gain of first choices in success over those of always two/model (")
    assert chosen.startswith("Chosen: two/model")
    assert recorded == (
        "Recorded: one/model succeeded in 0% of 20 runs, two/model succeeded in 100% of 20 runs."
    )
    assert "What a model that was not asked would have done is known to nobody." in note


def test_an_evaluation_names_what_is_not_known(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = LEARNING[LEARNING.index('[models."two') :].replace("two", "three")
    providers = '[providers.three]\nbase_url = "http://127.0.0.1:9/v1"\n'
    config.write_text(LEARNING + providers + own, encoding="utf-8")
    worked(40, {"one/model": 0.0, "two/model": 1.0})
    assert main(["route", "evaluate"]) == 0
    assert capsys.readouterr().out.endswith("Not known, since no run asked them: three/model.\n")
    assert main(["route", "evaluate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["neverAsked"] == ["three/model"]


@pytest.mark.parametrize(
    ("unknown", "told"),
    [
        (Unknown("a/b", "go", 0), "a/b was asked 0 times in go"),
        (Unknown("a/b", "", 1), "a/b was asked 1 time"),
    ],
)
def test_what_was_asked_too_seldom_is_told_in_words(unknown: Unknown, told: str) -> None:
    assert seldom(unknown) == told


def test_an_evaluation_tells_programs_the_same(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(LEARNING, encoding="utf-8")
    worked(40, {"one/model": 0.0, "two/model": 1.0})
    assert main(["route", "evaluate", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (task,) = found["tasks"]
    assert (found["trials"], found["strategy"], found["allTasks"]) == (40, "balanced", None)
    assert (task["task"], task["runs"], found["tooFew"]) == ("explain", 40, [])
    assert (task["bestModel"]["name"], task["cheapest"]["name"]) == ("two/model", "one/model")
    assert task["gain"]["by"] == pytest.approx(task["router"]["value"] - task["bestPlan"]["value"])
    first = task["router"]["first"] - task["bestModel"]["first"]
    assert task["firstGain"]["by"] == pytest.approx(first)
    assert set(task["gain"]) == {"by", "error", "sure"}
    assert sum(task["choices"].values()) == 40
    assert [one["runs"] for one in task["models"]] == [20, 20]
    assert found["note"]


def test_with_several_tasks_there_is_a_row_over_all_of_them(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(LEARNING, encoding="utf-8")
    worked(40, {"one/model": 0.0, "two/model": 1.0}, "explain", "review")
    assert main(["route", "evaluate"]) == 0
    titles = [one for one in capsys.readouterr().out.splitlines() if one.endswith(" runs")]
    assert titles == ["explain: 20 runs", "review: 20 runs", "All tasks: 40 runs"]
    assert main(["route", "evaluate", "--json"]) == 0
    together = json.loads(capsys.readouterr().out)["allTasks"]
    assert (together["task"], together["runs"]) == (None, 40)
