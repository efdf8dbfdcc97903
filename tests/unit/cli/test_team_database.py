"""Runs are copied to a team's database, and read there, by commands and in the background."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from tests.postgres_server import MISSING, Server, running
from tests.unit.journal.samples import run_rows, store
from understudy.cli import main
from understudy.config.journal_options import JournalOptions
from understudy.config.paths import journal_file
from understudy.config.settings import JournalSettings, Settings
from understudy.core.failures import UnavailableError
from understudy.engine.team_database import Pusher, team_database
from understudy.journal.model_tally import By
from understudy.journal.queries import recent_runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as found:
        if found is None:
            pytest.skip(MISSING)
        yield found


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(words) == 0
    return capsys.readouterr().out


def test_runs_are_copied_and_read_by_commands(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    dsn = server.database()
    store(journal_file(), *run_rows("X"))
    told = said(capsys, "journal", "push", "--to", dsn)
    assert told.startswith("1 run copied to `")
    assert said(capsys, "journal", "push", "--to", dsn).startswith("0 runs")
    assert json.loads(said(capsys, "runs", "--json", "--database", dsn))[0]["id"] == "XR"
    assert "XR" in said(capsys, "runs", "--database", dsn, "show", "XR")
    stats = said(capsys, "stats", "--json", "--by", "owner", "--database", dsn)
    assert json.loads(stats)["runs"]
    for by in get_args(By):
        assert f"\n{by} " in said(capsys, "stats", "--by", by, "--database", dsn)
    asked = ("journal", "query", "SELECT path FROM runs", "--format", "json", "--database", dsn)
    assert json.loads(said(capsys, *asked)) == [{"path": ""}]
    assert said(capsys, "journal", "export", "--table", "edits", "--database", dsn).count("\n") == 1


def test_without_a_database_the_command_says_what_to_set(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["journal", "push"]) == 2
    assert "`journal.postgres` names no database" in capsys.readouterr().err


def test_the_background_copies_and_ends(server: Server) -> None:
    dsn = server.database()
    store(journal_file(), *run_rows("X"))
    pusher = Pusher(pytest.fail, every_s=0.05)
    pusher.follow(replace(Settings(), journal=JournalSettings(postgres=dsn, owner="ada")))
    team = team_database(dsn, Settings())
    copied = threading.Event()
    for _ in range(600):
        if recent_runs(team):
            copied.set()
            break
        copied.wait(0.05)
    pusher.close()
    assert copied.is_set()


def test_a_database_that_is_down_is_told_of_once() -> None:
    store(journal_file(), *run_rows("X"))
    heard: list[str] = []
    again = threading.Event()

    class Asked(Pusher):
        tries = 0

        def _push(self, settings: Settings) -> None:
            super()._push(settings)
            self.tries += 1
            if self.tries == 2:
                again.set()

    pusher = Asked(heard.append, every_s=0.01)
    pusher.follow(
        replace(Settings(), journal=JournalSettings(postgres="postgresql://me@127.0.0.1:1/x"))
    )
    assert again.wait(60)
    pusher.close()
    assert len(heard) == 1
    assert "later again" in heard[0]


def test_a_password_is_read_from_where_a_reference_says(monkeypatch: pytest.MonkeyPatch) -> None:
    hard = "a/b:c@d'e"
    monkeypatch.setenv("TEAM_PASSWORD", hard)
    monkeypatch.setenv("TEAM_DSN", "postgresql://me@db/x")
    for address in (
        "postgresql://me:{env:TEAM_PASSWORD}@db/x",
        "host=db user=me dbname=x password={env:TEAM_PASSWORD}",
    ):
        found = team_database(address, Settings())
        assert found.parts()["password"] == hard
        assert str(found) == "db/x"
    assert team_database("{env:TEAM_DSN}", Settings()).parts()["host"] == "db"
    with pytest.raises(UnavailableError, match="NOT_THERE"):
        team_database("postgresql://me:{env:NOT_THERE}@db/x", Settings())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "postgresql://db.example/understudy",
        "postgresql://me:{env:TEAM_PASSWORD}@db.example/understudy?sslmode=verify-full",
        "postgres://me:{keyring:understudy/team}@db:5432/understudy",
        "host=db user=me password={file:~/.team}",
        "{env:TEAM_DSN}",
    ],
)
def test_an_address_without_a_password_is_a_setting(text: str) -> None:
    assert JournalOptions(postgres=text).postgres == text


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me:secret@db/x",
        "postgresql://db/x?password=secret",
        "host=db password=secret",
        "host=db password = 'secret'",
        "mysql://db/x",
        "db.example",
    ],
)
def test_a_password_itself_is_no_setting(text: str) -> None:
    with pytest.raises(ValueError, match=r"it must begin with|its password must be"):
        JournalOptions(postgres=text)
