from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from contextlib import closing
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

import understudy
from tests.unit.journal.planted import DAY_US, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import WAIT_S, journal_at, run_rows, store
from understudy.checkers import basedpyright
from understudy.cli import main
from understudy.cli.doctor_view import print_findings
from understudy.config.paths import journal_file
from understudy.engine import journal_doctor
from understudy.engine.finding import Finding, State

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("UNDERSTUDY_HOME", "HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    (folder / ".git").mkdir(parents=True)
    return folder


def findings(root: Path, capsys: Output, code: int = 0) -> dict[str, dict[str, Any]]:
    """The findings by topic and subject."""
    assert main(["doctor", "--json", str(root)]) == code
    found = json.loads(capsys.readouterr().out)
    assert found["root"] == str(root)
    assert all(
        list(one) == ["topic", "subject", "state", "text", "remedy"] for one in found["findings"]
    )
    topics = [topic for topic, _ in groupby(one["topic"] for one in found["findings"])]
    assert len(set(topics)) == len(topics), "a heading stands there twice"
    return {f"{one['topic']} {one['subject']}": one for one in found["findings"]}


def test_a_fresh_machine_has_what_is_needed(
    root: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basedpyright, "_PROGRAMS", ("no-such-langserver",))
    found = findings(root, capsys)
    assert found["installation understudy"]["text"] == understudy.__version__
    assert sys.executable in found["installation python"]["text"]
    assert found["checkers ruff"]["state"] == "ok"
    assert "(ruff " in found["checkers ruff"]["text"]
    assert found["checkers python_syntax"]["state"] == "ok"
    assert found["checkers basedpyright"]["state"] == "note"
    assert "Install it" in found["checkers basedpyright"]["remedy"]
    assert found["models builtin/rules"]["state"] == "ok"
    assert found[f"journal {journal_file()}"]["text"] == "0 runs"
    assert found[f"trust {root}"]["state"] == "note"
    assert not journal_file().exists()


def test_without_a_linter_nothing_can_be_proved(
    root: Path, home: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basedpyright, "_PROGRAMS", ("no-such-langserver",))
    (home / "config.toml").write_text("[checkers.ruff]\ncommand = ['/nowhere/ruff']\n")
    found = findings(root, capsys, code=1)
    assert found["checkers ruff"]["state"] == "broken"
    assert found["checkers ruff"]["remedy"] == "Correct `checkers.ruff.command`."


def test_the_workspaces_own_command_waits_for_trust(root: Path, capsys: Output) -> None:
    (root / ".understudy").mkdir()
    (root / ".understudy" / "config.toml").write_text(
        f"[checkers.basedpyright]\ncommand = ['{sys.executable}']\n"
    )
    found = findings(root, capsys)["checkers basedpyright"]
    assert found["state"] == "note"
    assert "`understudy trust --command basedpyright`" in found["remedy"]


def test_problems_of_the_configuration_are_told(root: Path, home: Path, capsys: Output) -> None:
    (home / "config.toml").write_text("[fix]\ntimeout = 3\n")
    assert main(["doctor", str(root)]) == 1
    shown = capsys.readouterr().out
    assert "`fix.timeout`" in shown
    assert shown.endswith("but not as it is configured: see the problems above.\n")


def test_a_file_whose_settings_do_not_all_count_is_not_called_fine(
    root: Path, home: Path, capsys: Output
) -> None:
    text = '[budget]\nper_day_usd = "much"\n[providers.acme]\nbase_url = 3\n'
    (home / "config.toml").write_text(text)
    file = findings(root, capsys, code=1)[f"configuration {home / 'config.toml'}"]
    assert "nothing may be spent" in file["text"] or "is not asked" in file["text"]
    assert main(["doctor", "--json", str(root)]) == 1
    told = json.loads(capsys.readouterr().out)["findings"]
    first = next(one for one in told if one["subject"] == str(home / "config.toml"))
    assert (first["state"], first["text"]) == ("note", "read, with 2 problems")


def test_a_journal_that_can_not_be_read_is_a_problem(root: Path, capsys: Output) -> None:
    journal_file().write_bytes(b"no database" * 100)
    found = findings(root, capsys)[f"journal {journal_file()}"]
    assert found["state"] == "problem"
    assert found["remedy"]


def test_a_journal_of_a_newer_version_is_a_problem(root: Path, capsys: Output) -> None:
    store(journal_file(), *rows_of(Planted("A", (good(SMALL),))))
    with closing(sqlite3.connect(journal_file())) as opened:
        opened.execute("PRAGMA user_version = 99")
    found = findings(root, capsys)[f"journal {journal_file()}"]
    assert found["state"] == "problem"
    assert "so this one records nothing" in found["text"]


def test_a_model_that_solves_less_than_it_did_is_a_problem(root: Path, capsys: Output) -> None:
    now_us = time.time_ns() // 1_000
    weeks = ((39, 15), (2, 1))
    runs = [
        Planted(
            f"R{days}N{number:02}",
            (good(SMALL) if number < solved else bad(SMALL, "timeout"),),
            started_us=now_us - days * DAY_US,
        )
        for solved, days in weeks
        for number in range(40)
    ]
    store(journal_file(), *rows_of(*runs))
    found = findings(root, capsys)[f"models {SMALL}"]
    assert found["state"] == "problem"
    assert "it solved 2 of 40 in the last 7 days, and 41 of 80 in the last 30" in found["text"]
    assert found["remedy"] == f"`understudy stats --model {SMALL} --days 7` tells more."


def test_a_journal_that_is_switched_off_is_told(root: Path, home: Path, capsys: Output) -> None:
    (home / "config.toml").write_text("[journal]\nenabled = false\n")
    assert findings(root, capsys)[f"journal {journal_file()}"]["state"] == "note"


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
def test_editors_on_the_path_are_found_with_their_versions(
    root: Path, tmp_path: Path, capsys: Output
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("nvim", "zed", "nano"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {name} 9.9 $1\necho more\n")
        program.chmod(0o755)
    found = findings(root, capsys)
    neovim = f"nvim 9.9 --version, {folder / 'nvim'}; not set up for Understudy"
    assert found["editors neovim"]["text"] == neovim
    assert found["editors zed"]["text"] == f"{folder / 'zed'}; not set up for Understudy"
    assert "editors nano" not in found


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
def test_a_tool_that_fails_is_not_called_fine(root: Path, tmp_path: Path, capsys: Output) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    why = "error: rustup could not choose a version of cargo to run"
    for name in ("cargo", "gopls"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{why}' >&2\nexit 1\n")
        program.chmod(0o755)
    found = findings(root, capsys)
    for name, asked in (("cargo", "--version"), ("gopls", "version")):
        finding = found[f"checkers {name}"]
        assert finding["state"] == "note"
        assert finding["text"] == f"`{folder / name} {asked}` does not work: {why}."
        assert finding["remedy"].startswith("Make it work in a shell, or set `checkers.")


def test_the_environment_of_the_workspace_is_found(root: Path, capsys: Output) -> None:
    packages = root / ".venv" / "lib" / "python3.12" / "site-packages"
    (packages / "numpy").mkdir(parents=True)
    found = findings(root, capsys)["installation environment"]
    assert found["text"] == f"{root / '.venv'}, 1 module"


def test_people_get_a_page_that_ends_with_the_verdict(root: Path, capsys: Output) -> None:
    assert main(["doctor", str(root)]) == 0
    shown = capsys.readouterr().out
    for topic in ("Installation", "Checkers", "Models", "Journal", "Configuration", "Trust"):
        assert f"{topic}\n" in shown
    assert shown.endswith("Everything that is needed is there.\n")


def test_a_path_that_does_not_exist_is_named(root: Path, capsys: Output) -> None:
    assert main(["doctor", str(root / "nothing")]) == 2
    assert "There is no file or folder" in capsys.readouterr().err


@pytest.mark.parametrize("subject", ["a" * 13, "a" * 14, "a" * 15])
def test_a_blank_stands_between_a_subject_and_what_is_said_about_it(
    subject: str, capsys: Output
) -> None:
    finding = Finding("trust", subject, State.NOTE, "restricted: nothing inside it is run")
    print_findings(Console(highlight=False, width=200), [finding])
    shown = capsys.readouterr().out
    assert subject in shown.split()
    assert "restricted:" in shown.split()


def test_texts_that_are_kept_beyond_the_settings_are_a_problem(root: Path, capsys: Output) -> None:
    journal = journal_at(journal_file(), content="full")
    for row in run_rows("X"):
        journal.record(row)
    assert journal.close(WAIT_S)
    found = findings(root, capsys)["journal texts"]
    assert found["state"] == "problem"
    assert found["text"].startswith("1 text of prompts, replies and edits is kept, more than")
    assert found["remedy"] == "`understudy journal purge --level metrics` deletes them."


def test_a_journal_on_another_machine_is_told(
    root: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_doctor, "network_kind", lambda _: "nfs4")
    found = findings(root, capsys)["journal network"]
    assert found["state"] == "note"
    assert "network file system (nfs4)" in found["text"]
