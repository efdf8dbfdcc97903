"""Each signal fires on what was planted, stays silent without, and offers a setting that there is."""

from __future__ import annotations

import re
import shlex
import time
import tomllib
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.planted import DAY_US, LARGE, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import call_row, edit_row, store, strategy_row
from understudy.cli import main
from understudy.config.learning_settings import LearningSettings
from understudy.config.paths import config_file, journal_file
from understudy.config.settings import Settings
from understudy.config.toml_change import with_setting
from understudy.engine.setup import set_up
from understudy.engine.signals_fired import Fired, fired
from understudy.journal.records import (
    Attempt,
    Check,
    Checks,
    Gate,
    OutcomeRow,
    Row,
    Run,
    RunEnded,
)
from understudy.signals import Counted, all_signals

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW_US = time.time_ns() // 1_000


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    return tmp_path


def runs(count: int, make: Callable[[int], Planted]) -> list[Row]:
    return rows_of(*(replace(make(n), started_us=NOW_US - 1_000 - n) for n in range(count)))


def stuck(fingerprint: str = "f1") -> list[Row]:
    ask = bad(SMALL, "type_error", fingerprint=fingerprint, code="F821")
    return runs(3, lambda n: Planted(f"{fingerprint}{n}", (ask,)))


def some(category: str, number: int, of: int, **values: object) -> list[Row]:
    """Runs of one question, so many of which failed in one way."""
    return runs(
        of,
        lambda n: Planted(
            f"{category}{n}",
            (bad(SMALL, category, **values) if n < number else good(SMALL, **values),),
        ),
    )


def rescued() -> list[Row]:
    return runs(20, lambda n: Planted(f"S{n}", (bad(SMALL), good(LARGE))))


def hedged() -> list[Row]:
    two = (bad(SMALL, "timeout"), bad(LARGE, how="next"))
    return runs(20, lambda n: Planted(f"H{n}", two))


def budgets() -> list[Row]:
    return rows_of(
        *(
            Planted(f"B{day}", (bad(SMALL, "budget_exceeded"),), started_us=NOW_US - day * DAY_US)
            for day in range(1, 8)
        )
    )


def run_and_end(name: str, status: str = "offered", category: str = "") -> list[Row]:
    run = Run(name, NOW_US - 1_000, "w", "fix", "lsp", "python", "a.py", 1)
    return [run, RunEnded(name, status, SMALL, 1.0, category)]


def run_and_attempt(name: str) -> list[Row]:
    """A run with an edit that was offered."""
    return [*run_and_end(name), Attempt(f"{name}A", name, 1, SMALL, "r", "offered")]


def opinions() -> list[Row]:
    rows: list[Row] = []
    for n in range(40):
        reasons = (("agreement", 1.0, 0.2), ("kept", 0.8, 0.1))
        rows += run_and_attempt(f"O{n}")
        rows += [Gate(f"O{n}A", 0.8, "confirm", reasons)]
    return rows


def slow_checker() -> list[Row]:
    rows: list[Row] = []
    for n in range(30):
        rows += run_and_attempt(f"K{n}")
        status = "timeout" if n < 12 else "done"
        check = Check(f"K{n}A", "basedpyright", "timeout" if status == "timeout" else "done")
        rows += [Checks(f"K{n}A", (check,))]
    return rows


def slow_runs() -> list[Row]:
    rows: list[Row] = []
    for n in range(30):
        late = n < 12
        rows += run_and_end(f"T{n}", "failed" if late else "offered", "timeout" if late else "")
    return rows


def undone() -> list[Row]:
    rows: list[Row] = []
    for n in range(30):
        rows += run_and_attempt(f"U{n}")
        rows += [edit_row(f"U{n}E", f"U{n}", f"U{n}A")]
        rows += [OutcomeRow(f"U{n}E", NOW_US - n, "undone" if n < 15 else "kept")]
    return rows


def no_help() -> list[Row]:
    rows: list[Row] = []
    for n in range(80):
        rows += run_and_end(f"N{n}", "unfixed")
        rows += [call_row(f"N{n}C", f"N{n}", at_us=NOW_US - n)]
        rows += [strategy_row(f"N{n}", f"N{n}C", NOW_US - n, result="same")]
    return rows


@dataclass(frozen=True)
class Case:
    """What is planted, and what is offered about what."""

    rows: Callable[[], list[Row]]
    setting: str
    subject: str = ""


CASES = {
    "stuck_on_same_error": Case(
        stuck, '[routing]\nstrategy = "quality-first"\n', "type_error F821"
    ),
    "context_overflow_common": Case(
        lambda: some("context_overflow", 10, 60), "[context]\nmax_tokens = 4000\n"
    ),
    "json_replies_reliable": Case(
        lambda: some("", 0, 20, edit_format="json"),
        f'[models."{SMALL}"]\nedit_format = "json"\n',
        SMALL,
    ),
    "json_replies_unreliable": Case(
        lambda: some("parse_error", 6, 30, edit_format="json", status="answered"),
        f'[models."{SMALL}"]\nedit_format = "search_replace"\n',
        SMALL,
    ),
    "first_model_rescued": Case(rescued, '[routing]\nstrategy = "learned"\n', SMALL),
    "hedges_never_win": Case(hedged, "[cascade]\nhedge = false\n"),
    "reply_cache_never_hits": Case(lambda: some("", 0, 300), "[cache]\nreplies = false\n"),
    "budget_reached_often": Case(budgets, '[budget]\nat_cap = "downgrade"\n'),
    "second_opinions_change_nothing": Case(opinions, '[gate]\nsecond_opinion = "never"\n'),
    "strategies_never_help": Case(no_help, "[learning]\nstrategies = false\n"),
    "rate_limits_common": Case(
        lambda: some("rate_limit", 15, 40, provider="mistral"),
        "[providers.mistral]\nconcurrency = 2\n",
        "mistral",
    ),
    "checker_times_out": Case(
        slow_checker, "[checkers.basedpyright]\ntimeout_s = 20.0\n", "basedpyright"
    ),
    "runs_time_out": Case(slow_runs, "[fix]\ntimeout_s = 120.0\n"),
    "model_never_solves": Case(
        lambda: some("lint_failure", 30, 30), f'[models."{SMALL}"]\nenabled = false\n', SMALL
    ),
    "confirmed_edits_undone": Case(undone, "[gate]\nconfirm_score = 0.85\n"),
}


def of(signal: str, settings: Settings | None = None) -> list[Fired]:
    return [one for one in fired(settings or Settings()) if one.signal.id == signal]


def test_every_signal_has_a_case() -> None:
    assert set(CASES) == set(all_signals())


@pytest.mark.parametrize("name", CASES)
def test_it_fires_on_what_was_planted_and_offers_what_then_is_set(name: str) -> None:
    case = CASES[name]
    store(journal_file(), *case.rows())
    (one,) = of(name)
    assert one.found.subject == case.subject
    assert one.found.examples
    assert "understudy runs" in one.evidence
    assert one.offer is not None
    text = with_setting("", one.offer.path, one.offer.value)
    assert text == case.setting
    config_file().write_text(text, encoding="utf-8")
    setup = set_up(None)
    # A model of nowhere is remarked on; nothing else may be.
    assert all(SMALL in one.message for one in setup.problems)
    again = of(name, setup.settings)
    assert [found.offer for found in again] != [one.offer]


def test_nothing_fires_without_a_journal_and_in_an_empty_one() -> None:
    assert fired(Settings()) == ()
    store(journal_file(), *run_and_end("R"))
    assert fired(Settings()) == ()


def test_two_failures_alike_and_three_that_differ_are_not_stuck() -> None:
    ask = [bad(SMALL, "type_error", fingerprint=f"f{n}") for n in range(3)]
    store(journal_file(), *runs(3, lambda n: Planted(f"R{n}", (ask[n],))))
    store(journal_file(), *stuck("g")[:6])
    assert of("stuck_on_same_error") == []


def test_a_failure_that_was_solved_once_is_not_stuck() -> None:
    last = (bad(SMALL, "type_error", fingerprint="f1", code="F821"), good(LARGE))
    store(journal_file(), *stuck(), *runs(1, lambda n: Planted(f"Z{n}", last)))
    assert of("stuck_on_same_error") == []


def test_what_happened_long_ago_does_not_count() -> None:
    overflow = (bad(SMALL, "context_overflow"),)
    old = rows_of(
        *(Planted(f"R{n}", overflow, started_us=NOW_US - 40 * DAY_US - n) for n in range(60))
    )
    store(journal_file(), *old)
    assert of("context_overflow_common") == []


@pytest.mark.parametrize("name", CASES)
def test_one_case_less_than_enough_says_nothing(name: str) -> None:
    signal = all_signals()[name]
    few = signal.at_least - 1
    assert not signal.fires(Counted("", few, few))
    assert not signal.fires(Counted("", 0, few))


@pytest.mark.parametrize("name", CASES)
def test_a_share_fires_only_with_its_whole_interval_beyond_the_bar(name: str) -> None:
    signal = all_signals()[name]
    total = 10 * signal.at_least
    for number in range(total + 1):
        counted = Counted("", number, total)
        low, high = counted.interval
        if signal.bar == "share_above":
            assert signal.fires(counted) == (low >= signal.threshold)
        elif signal.bar == "share_below":
            assert signal.fires(counted) == (high <= signal.threshold)


def test_the_settings_that_are_offered_are_toml() -> None:
    for case in CASES.values():
        assert tomllib.loads(case.setting)


def test_the_strategy_is_not_offered_where_a_chain_decides() -> None:
    store(journal_file(), *stuck())
    chains = MappingProxyType({"debugging": (SMALL, LARGE)})
    own = replace(Settings(), learning=LearningSettings(strategies=True), model_routing=chains)
    (one,) = [found for found in fired(own) if found.signal.id == "stuck_on_same_error"]
    assert one.offer is None


def test_the_command_that_shows_an_example_is_one_that_there_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    store(journal_file(), *stuck("F"))
    (command,) = {
        command for one in fired(Settings()) for command in re.findall("See `(.*?)`", one.evidence)
    }
    program, *arguments = shlex.split(command)
    assert program == "understudy"
    assert main(arguments) == 0
    assert arguments[-1] in capsys.readouterr().out
