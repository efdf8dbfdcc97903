"""`understudy doctor --apply`: what the journal speaks for, written into the user's configuration."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.planted import LARGE, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import store
from understudy.cli import main
from understudy.config.paths import config_file, journal_file

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]
NOW_US = time.time_ns() // 1_000
MINE = "# Mine.\n[context]\nmaxTokens = 6000  # enough\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("UNDERSTUDY_HOME", "HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.chdir(tmp_path)
    overflow = (bad(SMALL, "context_overflow"), good(LARGE))
    runs = (Planted(f"R{n:03}", overflow, started_us=NOW_US - n) for n in range(30))
    store(journal_file(), *rows_of(*runs))
    config_file().write_text(MINE, encoding="utf-8")
    return tmp_path


def test_the_doctor_tells_what_fired_on_what_evidence(capsys: Output) -> None:
    main(["doctor", "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    told = {one["subject"]: one for one in found if one["topic"] == "signals"}
    one = told["context_overflow_common"]
    assert one["text"].startswith("30 of 60 questions of the last 30 days were longer")
    assert "(38% to 62%; the bar is 5%)" in one["text"]
    assert "`understudy runs show R029`" in one["text"]
    assert one["remedy"].startswith("`understudy doctor --apply context_overflow_common`")
    assert one["state"] == "note"


def test_the_difference_is_shown_and_written_and_comments_stay(capsys: Output) -> None:
    assert main(["doctor", "--apply", "context_overflow_common"]) == 0
    shown = capsys.readouterr().out
    assert "-maxTokens = 6000  # enough\n+maxTokens = 3000  # enough\n" in shown
    assert config_file().read_text(encoding="utf-8") == MINE.replace("6000", "3000")
    kept = config_file().with_name("config.toml.before-understudy")
    assert kept.read_text(encoding="utf-8") == MINE


def test_without_writing_only_the_difference_is_shown(capsys: Output) -> None:
    assert main(["doctor", "--apply", "context_overflow_common", "--dry-run"]) == 0
    assert "+maxTokens = 3000" in capsys.readouterr().out
    assert config_file().read_text(encoding="utf-8") == MINE


def test_a_subject_chooses_one(capsys: Output) -> None:
    assert main(["doctor", "--apply", "first_model_rescued", "--subject", SMALL]) == 0
    assert 'strategy = "learned"' in config_file().read_text(encoding="utf-8")
    assert main(["doctor", "--apply", "first_model_rescued", "--subject", LARGE]) == 2
    assert f"did not fire for `{LARGE}`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("signal", "said"),
    [("no_such_thing", "There is no signal"), ("reply_cache_never_hits", "did not fire")],
)
def test_what_did_not_fire_offers_nothing(capsys: Output, signal: str, said: str) -> None:
    assert main(["doctor", "--apply", signal]) == 2
    assert said in capsys.readouterr().err
    assert config_file().read_text(encoding="utf-8") == MINE


def test_a_configuration_that_can_not_be_read_is_left_alone(capsys: Output) -> None:
    config_file().write_text("[context\n", encoding="utf-8")
    assert main(["doctor", "--apply", "context_overflow_common"]) == 2
    assert "Nothing changed" in capsys.readouterr().err
    assert config_file().read_text(encoding="utf-8") == "[context\n"
