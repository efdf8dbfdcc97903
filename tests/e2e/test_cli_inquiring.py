"""`understudy explain` and `understudy review` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.e2e.cli_process import Ended, run
from tests.e2e.modelled import KEY, TEXT, configuration, questions
from tests.providers import answers
from tests.providers.answers import Says

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.providers.scripted import ServerInThread

    Cli = Callable[..., Ended]

WORDS = "It sums the prices.\n\nThe sum is in `result`."
FINDING = {
    "line": 5,
    "quote": "return something_else_entirely",
    "severity": "error",
    "message": "A name that does not exist.",
    "fix": None,
}


@pytest.fixture
def cli(home: Path, workspace: Path, provider: ServerInThread) -> Cli:
    configuration(home, provider, "openai")
    (workspace / "basket.py").write_text(TEXT, encoding="utf-8")

    def run_it(*arguments: str) -> Ended:
        return run(*arguments, cwd=workspace, home=home, ACME_KEY=KEY)

    return run_it


def test_an_explanation_is_printed_and_who_gave_it_told_beside_it(
    cli: Cli, provider: ServerInThread
) -> None:
    provider.server.scripts["one:7b"] = [Says(WORDS, chunks=6)]
    ended = cli("explain", "basket.py:3-4")
    assert (ended.code, ended.out) == (0, WORDS + "\n")
    assert "acme/one:7b explained basket.py, lines 3 to 4." in ended.err
    assert "Lines 3 to 4, your subject" in str(questions(provider)[0].body)
    again = cli("explain", "basket.py:3-4")
    assert again.out == ended.out
    assert len(questions(provider)) == 1


def test_what_was_shown_of_a_failed_answer_is_taken_back(
    cli: Cli, provider: ServerInThread
) -> None:
    half = Says("Half of it.\nAnd half of the rest.\nAnd so on.\n", chunks=8)
    provider.server.scripts = {
        "one:7b": [answers.Reset(after_events=6, says=half)],
        "two": [Says(WORDS)],
    }
    ended = cli("explain", "basket.py")
    assert ended.code == 0
    assert ended.out.startswith("Half of it.\n")
    assert ended.out.endswith(WORDS + "\n")
    assert "Withdrawn: acme/one:7b did not finish." in ended.err
    assert "acme/two explained basket.py." in ended.err


def test_words_of_a_model_can_not_steer_the_terminal(cli: Cli, provider: ServerInThread) -> None:
    provider.server.scripts["one:7b"] = [Says("\x1b]0;evil\x07text\n\x1b[2Jmore")]
    ended = cli("explain", "basket.py")
    assert ended.code == 0
    assert "\x1b" not in ended.out
    assert "\x07" not in ended.out


def test_findings_are_printed_as_tools_print_theirs(cli: Cli, provider: ServerInThread) -> None:
    invented = {**FINDING, "quote": "class Nowhere:"}
    provider.server.scripts["one:7b"] = [Says(json.dumps({"findings": [FINDING, invented]}))]
    ended = cli("review", "basket.py")
    assert (ended.code, ended.out) == (0, "basket.py:5: error: A name that does not exist.\n")
    assert "Left out, for quoting what is not there: 1." in ended.err


def test_a_failure_is_told_and_is_no_success(cli: Cli, provider: ServerInThread) -> None:
    provider.server.scripts = {"one:7b": [answers.WrongKey()], "two": [answers.WrongKey()]}
    ended = cli("review", "basket.py")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("understudy: Not reviewed: ")


@pytest.mark.parametrize("place", ["basket.py:9", "basket.py:4-2", "basket.py:0"])
def test_lines_that_are_not_there_are_refused(cli: Cli, place: str) -> None:
    assert cli("explain", place).code == 2
