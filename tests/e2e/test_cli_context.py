"""`understudy context`: what a model would be shown, before anything is sent."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.cli_process import Ended, environment, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Ended]

PRICES = '''\
class Price:
    """What one piece costs."""

    amount: int

    def rounded(self, step: int) -> int:
        """To the next step."""
        return self.amount // step * step
'''
CLUB = "class Club:\n    members: int\n"
TOTAL = """\
from prices import Price
from vault import hidden


def total(items: list[Price]) -> int:
    result = hidden()
    for item in items:
        result += item.amount
    return something
"""


@pytest.fixture
def cli(home: Path, workspace: Path) -> Cli:
    (home / "config.toml").write_text('[privacy]\nexclude = ["vault.py"]\n', encoding="utf-8")
    (workspace / ".understudy").mkdir()
    for name, text in {
        "prices.py": PRICES,
        "club.py": CLUB,
        "total.py": TOTAL,
        "vault.py": "def hidden(): ...\n",
        "made_pb2.py": "x = 1\n",
    }.items():
        (workspace / name).write_text(text, encoding="utf-8")

    def run_it(*arguments: str) -> Ended:
        return run("context", *arguments, cwd=workspace, home=home)

    return run_it


def shown(ended: Ended) -> dict[str, Any]:
    assert ended.code == 0, ended.err
    found: dict[str, Any] = json.loads(ended.out)
    return found


def places(found: dict[str, Any]) -> set[tuple[str, int]]:
    return {(one["path"], one["start_line"]) for one in found["items"]}


def test_what_would_be_shown_is_told_with_its_reasons(cli: Cli) -> None:
    found = shown(cli("total.py:5-9", "--json"))
    assert set(found) == {"model", "items", "tokens", "budget", "index_ready", "left_out"}
    assert found["model"] is None
    assert found["index_ready"]
    price = next(one for one in found["items"] if one["path"] == "prices.py")
    assert (price["start_line"], price["end_line"]) == (1, 8)
    assert price["tier"] == "required_types"
    assert price["reasons"]
    assert found["budget"] == 8000
    assert 0 < found["tokens"] <= 8000
    assert "vault.py" not in {one["path"] for one in found["items"]}
    out = cli("total.py:5-9").out
    assert "required_types" in out
    assert "prices.py:1-8 Price" in out
    assert "For no model: none over the network may be asked: " in out
    assert "of 8,000 tokens." in out


def test_the_same_question_has_the_same_answer_to_the_byte(cli: Cli) -> None:
    question = ("total.py:5-9", "--budget", "120", "--json")
    first = cli(*question)
    assert shown(first)["tokens"] <= 120
    assert cli(*question).out == first.out


def test_what_can_not_fit_is_said_and_has_its_own_exit_code(cli: Cli) -> None:
    ended = cli("total.py:5-9", "--budget", "4")
    assert ended.code == 3
    assert "4 tokens are too few" in ended.err
    assert ended.out == ""


def test_many_questions_are_answered_in_one_process(cli: Cli, workspace: Path, home: Path) -> None:
    assert callable(cli)
    lines: list[object] = [
        {"path": "total.py", "start_line": 8, "end_line": 8, "budget": 400},
        {"path": "total.py", "start_line": 8, "message": "no `Club` here", "budget": 400},
        {"path": "total.py", "start_line": 8, "budget": 3},
        {"path": "total.py", "start_line": 0},
        {"path": "total.py", "start_line": 99},
        {"path": "nowhere.py", "start_line": 1},
        ["no object"],
    ]
    text = "".join(json.dumps(one) + "\n" for one in lines) + "no JSON\n"
    ended = subprocess.run(
        [sys.executable, "-m", "understudy", "context", "--jsonl"],
        cwd=workspace,
        env=environment(home),
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=90,
        check=True,
    )
    plain, named, *wrong = map(json.loads, ended.stdout.splitlines())
    assert ("club.py", 1) not in places(plain)
    assert ("club.py", 1) in places(named)
    assert plain["tokens"] <= 400
    assert len(wrong) == 6
    assert all(one["error"].endswith(".") for one in wrong)
    assert [one["line"] for one in wrong] == [3, 4, 5, 6, 7, 8]


def test_pins_and_bans_stay_and_count_for_their_kind_of_task(cli: Cli, workspace: Path) -> None:
    before = sorted(workspace.rglob("*"))
    pinned = shown(cli("total.py:5-9", "--pin", "club.py:1", "--ban", "prices.py:1", "--json"))
    club = next(one for one in pinned["items"] if one["path"] == "club.py")
    assert club["reasons"] == ["you pinned it"]
    assert ("prices.py", 1) not in places(pinned)
    assert {"path": "prices.py", "name": "Price", "reason": "you banned it"} in pinned["left_out"]
    # The next one knows of it; another kind of task has its own.
    assert shown(cli("total.py:5-9", "--json")) == pinned
    assert ("prices.py", 1) in places(shown(cli("total.py:5-9", "--task", "tests", "--json")))
    # A definition that moved is found by its name.
    (workspace / "club.py").write_text(f"import os\n\n\n{CLUB}", encoding="utf-8")
    assert ("club.py", 4) in places(shown(cli("total.py:5-9", "--json")))
    freed = ("--unpin", "club.py:1", "--unban", "prices.py:1")
    freed_again = shown(cli("total.py:5-9", *freed, "--json"))
    assert ("prices.py", 1) in places(freed_again)
    assert ("club.py", 4) not in places(freed_again)
    assert sorted(workspace.rglob("*")) == before


def test_it_is_what_the_model_would_see_that_a_fix_would_ask(
    cli: Cli, home: Path, workspace: Path
) -> None:
    (home / "config.toml").write_text(
        '[privacy]\nlocal_only = ["prices.py"]\n'
        '[providers.far]\nkind = "openai"\nbase_url = "https://far.invalid/v1"\n'
        '[providers.near]\nkind = "openai"\nbase_url = "http://127.0.0.1:9/v1"\n'
        '[models."far/big"]\n[models."near/small"]\ncontext_window = 2000\n'
        '[model_routing]\ndebugging = ["builtin/rules", "far/big", "near/small"]\n',
        encoding="utf-8",
    )
    question = ("total.py:5-9", "--json")
    # Nobody agreed that code goes to the one far away.
    near = shown(cli(*question))
    assert near["model"] == "near/small"
    assert ("prices.py", 1) in places(near)
    assert 0 < near["budget"] < 2000
    assert run("consent", "far", cwd=workspace, home=home).code == 0
    far = shown(cli(*question))
    assert far["model"] == "far/big"
    assert ("prices.py", 1) not in places(far)
    why = {one["path"]: one["reason"] for one in far["left_out"]}
    assert "`privacy.local_only`" in why["prices.py"]
    assert "For `far/big`: " in cli("total.py:5-9").out
    assert ("prices.py", 1) in places(shown(cli(*question, "--model", "near/small")))
    # A file that stays here goes past the one far away.
    assert shown(cli("prices.py:6", "--json"))["model"] == "near/small"
    ended = cli("prices.py:6", "--model", "far/big")
    assert ended.code != 0
    assert "`prices.py` stays on this machine" in ended.err


def test_a_tier_of_weight_zero_is_not_shown(cli: Cli, home: Path) -> None:
    with (home / "config.toml").open("a", encoding="utf-8") as file:
        file.write("\n[context.taskWeights.fix]\nrequiredTypes = 0\nrelated_imports = 0\n")
    found = shown(cli("total.py:5-9", "--json"))
    assert {one["tier"] for one in found["items"]} <= {"target_file", "patterns", "examples"}
    reasons = {one["reason"] for one in found["left_out"] if one["path"] == "prices.py"}
    assert "`required_types` is switched off" in reasons
    assert ("prices.py", 1) in places(shown(cli("total.py:5-9", "--task", "edit", "--json")))


def test_a_file_on_the_exclude_list_is_neither_shown_nor_pinned(cli: Cli) -> None:
    ended = cli("total.py:5-9", "--pin", "vault.py:1", "--json")
    assert ended.code == 2
    assert "`vault.py` is no file of the workspace that can be shown." in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Name the lines of a file as `FILE:3-9`"),
        (("total.py:99",), "`total.py` has 10 lines."),
        (("nowhere.py:1",), "can't be read"),
        (("total.py:1", "--task", "dance"), "There is no task `dance`."),
        (("total.py:1", "--pin", "club.py"), "must be a path in the workspace and a line"),
        (("total.py:1", "--model", "builtin/rules"), "There is no model `builtin/rules`"),
    ],
)
def test_what_can_not_be_answered_is_said(cli: Cli, arguments: tuple[str, ...], words: str) -> None:
    ended = cli(*arguments)
    assert ended.code == 2
    assert words in ended.err


def test_without_calls_the_report_claims_nothing(cli: Cli) -> None:
    assert "No call that showed anything" in cli("report").out
    found = shown(cli("report", "--json"))
    assert (found["calls"], found["enough"], found["tiers_never_useful"]) == (0, False, [])
