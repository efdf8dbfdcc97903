from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.cli import FAILED, main
from understudy.config.layers import resolve
from understudy.config.paths import trust_file
from understudy.config.source import load_sources
from understudy.config.trust import load_record, policy_for
from understudy.config.trust_record import command_hash, may_run_command

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("UNDERSTUDY_HOME", str(folder))
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / ".understudy").mkdir(parents=True)
    (folder / ".understudy" / "config.toml").write_text(
        'checkers.ruff.command = ["./r", "a b\\u001b"]', encoding="utf-8"
    )
    return folder


def test_trusting_a_folder_names_the_commands_that_still_wait(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trust", str(project)]) == 0
    shown = capsys.readouterr().out
    assert "is trusted" in shown
    assert "ruff: ./r 'a b\\x1b'" in shown
    record, _ = load_record()
    assert record.trusts(project)
    assert record.digests() == frozenset()


def test_the_current_folder_is_meant_when_none_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert main(["trust"]) == 0
    assert load_record()[0].trusts(project)


def test_trusting_a_command_records_its_hash_and_prints_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trust", str(project), "--command", "ruff"]) == 0
    assert "./r" in capsys.readouterr().out
    record, _ = load_record()
    assert record.digests() == {command_hash(project, ("./r", "a b\x1b"))}
    assert not record.trusts(project)
    main(["trust", str(project)])
    assert "--command" not in capsys.readouterr().out


def test_a_command_that_no_file_sets_can_not_be_trusted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trust", str(project), "--command", "mypy"]) == FAILED
    assert "`mypy`" in capsys.readouterr().err
    assert not trust_file().exists()


def test_the_list_shows_folders_and_commands(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trust", "--list"]) == 0
    assert capsys.readouterr().out == "Nothing is trusted.\n"
    main(["trust", str(project)])
    main(["trust", str(project), "--command", "ruff"])
    capsys.readouterr()
    assert main(["trust", "--list"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first in second
    assert "ruff: ./r" in second


def test_trust_is_taken_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["trust", str(project)])
    main(["trust", str(project), "--command", "ruff"])
    assert main(["trust", str(project), "--revoke", "--command", "ruff"]) == 0
    assert load_record()[0].digests() == frozenset()
    assert main(["trust", str(project), "--revoke"]) == 0
    assert not load_record()[0].trusts(project)


def test_revoking_below_a_trusted_folder_says_that_trust_remains(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["trust", str(project.parent)])
    capsys.readouterr()
    assert main(["trust", str(project), "--revoke"]) == 0
    assert "a folder above it" in capsys.readouterr().out


def test_a_missing_folder_is_not_trusted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trust", str(tmp_path / "none")]) == FAILED
    assert capsys.readouterr().err.endswith("is not a folder.\n")


def test_a_damaged_record_is_kept_beside_the_new_one(
    home: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    trust_file().write_text("?", encoding="utf-8")
    assert main(["trust", str(project)]) == 0
    assert "is damaged" in capsys.readouterr().err
    assert load_record()[0].trusts(project)
    assert (home / "trust.broken.json").read_text(encoding="utf-8") == "?"


def test_the_command_of_a_folders_tests_is_trusted_by_its_hash(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / ".understudy" / "config.toml"
    path.write_text('tests.command = ["./t"]', encoding="utf-8")
    assert main(["trust", str(project)]) == 0
    assert "tests: ./t" in capsys.readouterr().out
    settings = resolve(load_sources(project), root=project).settings

    def may_run() -> bool:
        record, _ = load_record()
        policy = policy_for(project, editor_trust=None, record=record, settings=settings)
        return may_run_command(policy, project, settings.tests.tool)

    assert not may_run()
    assert main(["trust", str(project), "--command", "tests"]) == 0
    assert "for the tests:\n  ./t" in capsys.readouterr().out
    assert may_run()
    assert main(["trust", str(project), "--command", "tests", "--revoke"]) == 0
    assert not may_run()
