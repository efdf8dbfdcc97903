"""`understudy context`: what a model would be shown, before anything is sent."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.e2e.cli_process import QUICK, environment, run
from tests.e2e.context_shop import places, set_up, shown

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.context_shop import Cli

SMALL = """\
[providers.near]
kind = "openai"
base_url = "http://127.0.0.1:9/v1"
[models."near/small"]
context_window = 3000
[model_routing]
refactoring = ["near/small"]
documentation = ["near/small"]
"""


@pytest.fixture
def cli(home: Path, workspace: Path) -> Cli:
    return set_up(home, workspace)


def test_what_would_be_shown_is_told_with_its_reasons(cli: Cli) -> None:
    found = shown(cli("total.py:5-9", "--json"))
    told = {"model", "why_no_model", "items", "named", "left_out"}
    assert set(found) == told | {"tokens", "budget", "index_ready"}
    assert found["named"] == []
    assert found["model"] is None
    assert found["why_no_model"] == "none is set up"
    assert found["index_ready"]
    price = next(one for one in found["items"] if one["path"] == "prices.py")
    assert (price["start_line"], price["end_line"]) == (1, 8)
    assert price["tier"] == "required_types"
    assert price["reasons"]
    assert price["name"] == "Price"
    assert 0 < price["score"] <= 1
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


def test_lines_that_the_model_has_no_room_for_are_told_with_both_numbers(
    cli: Cli, home: Path, workspace: Path
) -> None:
    (home / "config.toml").write_text(QUICK + SMALL, encoding="utf-8")
    many = "".join(f"    result += item.amount * {number}\n" for number in range(300))
    (workspace / "long.py").write_text(f"def total(item):\n    result = 0\n{many}", "utf-8")
    ended = cli("long.py:2-300", "--task", "simplify")
    assert ended.code == 3
    found = re.search(r"the prompt has about ([\d,]+) tokens, .* room for ([\d,]+)\.", ended.err)
    assert found is not None, ended.err
    has, room = (int(one.replace(",", "")) for one in found.groups())
    assert has > room > 0
    assert ended.out == ""
    # One that the model has room for, beside what stands around the lines instead of context.
    assert shown(cli("long.py:290", "--task", "explain", "--json"))["items"]


def test_many_questions_are_answered_in_one_process(cli: Cli, workspace: Path, home: Path) -> None:
    assert callable(cli)
    lines: list[object] = [
        {"path": "total.py", "start_line": 8, "end_line": 8, "budget": 400},
        {"path": "total.py", "start_line": 8, "message": "no `Club` here", "budget": 400},
        {"path": "total.py", "start_line": 8, "budget": 3},
        {"path": "total.py", "start_line": 0},
        {"path": "total.py", "start_line": 99},
        {"path": "nowhere.py", "start_line": 1},
        {"path": f"{'a' * 300}.py", "start_line": 1},
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
    assert len(wrong) == 7
    assert all(one["error"].endswith(".") for one in wrong)
    assert [one["line"] for one in wrong] == [3, 4, 5, 6, 7, 8, 9]


def test_it_is_what_the_model_would_see_that_a_fix_would_ask(
    cli: Cli, home: Path, workspace: Path
) -> None:
    (home / "config.toml").write_text(
        f"{QUICK}"
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


def test_why_no_model_may_be_asked_is_told(cli: Cli, home: Path, workspace: Path) -> None:
    (home / "config.toml").write_text(
        f"{QUICK}"
        '[providers.far]\nkind = "openai"\nbase_url = "https://far.invalid/v1"\n'
        'key = "{env:NO_SUCH_KEY}"\n[models."far/big"]\n'
        '[model_routing]\ndebugging = ["builtin/rules", "far/big"]\n',
        encoding="utf-8",
    )
    assert run("consent", "far", cwd=workspace, home=home).code == 0
    told = "`far/big` has no key (`NO_SUCH_KEY` is not set)"
    assert shown(cli("total.py:5-9", "--json"))["why_no_model"] == told
    assert f"\nWhy no model: {told}.\n" in cli("total.py:5-9").out


def test_a_tier_of_weight_zero_is_not_shown(cli: Cli, home: Path) -> None:
    with (home / "config.toml").open("a", encoding="utf-8") as file:
        file.write("\n[context.taskWeights.fix]\nrequiredTypes = 0\nrelated_imports = 0\n")
    found = shown(cli("total.py:5-9", "--json"))
    assert {one["tier"] for one in found["items"]} <= {"target_file", "patterns", "examples"}
    reasons = {one["reason"] for one in found["left_out"] if one["path"] == "prices.py"}
    assert "`required_types` is switched off" in reasons
    assert ("prices.py", 1) in places(shown(cli("total.py:5-9", "--task", "edit", "--json")))


def test_what_the_user_excludes_is_told_by_its_setting(cli: Cli) -> None:
    why = {one["path"]: one["reason"] for one in shown(cli("total.py:5-9", "--json"))["left_out"]}
    assert why["vault.py"] == "`vault.py` is excluded from models by `privacy.exclude`"
    out = cli("vault.py:1").out
    assert "Why no model: `vault.py` is excluded from models by `privacy.exclude`." in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Name the lines of a file as `FILE:3-9`"),
        (("total.py:99",), "`total.py` has 10 lines."),
        (("nowhere.py:1",), "can't be read"),
        ((f"{'a' * 300}.py:1",), "can't be read"),
        (("total.py:1", "--pin", f"{'a' * 300}.py:1"), "aaa"),
        (("total.py:1", "--words", "Use club.py."), "`fix` takes no words"),
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
