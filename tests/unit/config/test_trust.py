from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from understudy.config.layers import resolve
from understudy.config.paths import config_file, journal_file, trust_file
from understudy.config.policy import Policy, Trust
from understudy.config.problems import Layer
from understudy.config.settings import CheckerSettings, Settings
from understudy.config.source import from_text
from understudy.config.trust import load_record, policy_for, save_record, set_aside
from understudy.config.trust_record import (
    TrustRecord,
    command_hash,
    folder_key,
    may_run_command,
)
from understudy.core.failures import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = ("./tools/ruff", "--quiet")
OWN = CheckerSettings(command=COMMAND, command_from_workspace=True)
SETTINGS = Settings(checkers={"ruff": OWN})
posix = pytest.mark.skipif(sys.platform == "win32", reason="Only on POSIX do files have modes.")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("UNDERSTUDY_HOME", str(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def test_one_variable_moves_all_user_state(home: Path) -> None:
    files = (config_file(), trust_file(), journal_file())
    assert {file.parent for file in files} == {home}


@pytest.mark.parametrize(
    ("editor", "recorded", "trust"),
    [
        (None, False, Trust.RESTRICTED),
        (None, True, Trust.TRUSTED),
        (True, False, Trust.TRUSTED),
        (True, True, Trust.TRUSTED),
        (False, False, Trust.UNTRUSTED),
        (False, True, Trust.UNTRUSTED),
    ],
)
def test_the_editors_no_outweighs_everything(
    root: Path, editor: bool | None, recorded: bool, trust: Trust
) -> None:
    record = TrustRecord().with_folder(root) if recorded else TrustRecord()
    policy = policy_for(root, editor_trust=editor, record=record, settings=Settings())
    assert policy.trust is trust


def test_a_document_outside_any_folder_is_restricted() -> None:
    policy = policy_for(None, editor_trust=None, record=TrustRecord(), settings=SETTINGS)
    assert policy == Policy(Trust.RESTRICTED)


def test_trust_reaches_folders_below_and_none_beside(root: Path, tmp_path: Path) -> None:
    record = TrustRecord().with_folder(root)
    assert record.trusts(root / "packages" / "a")
    assert not record.trusts(tmp_path)
    assert not record.trusts(tmp_path / "project-2")
    assert not record.trusts(root / ".." / "other")


def test_a_trusted_folder_does_not_let_its_own_commands_through(root: Path) -> None:
    record = TrustRecord().with_folder(root)
    policy = policy_for(root, editor_trust=True, record=record, settings=SETTINGS)
    assert policy.may_run_workspace_tools
    assert not may_run_command(policy, root, OWN)
    assert may_run_command(policy, root, replace(OWN, command_from_workspace=False))


def test_a_trusted_command_runs_until_it_changes_or_the_folder_does(root: Path) -> None:
    record = TrustRecord().with_command(root, "ruff", COMMAND)
    changed = replace(OWN, command=(*COMMAND, "--config=evil.toml"))
    both = Settings(checkers={"ruff": OWN, "other": changed})
    policy = policy_for(root, editor_trust=None, record=record, settings=both)
    assert may_run_command(policy, root, OWN)
    assert not may_run_command(policy, root, changed)
    assert not may_run_command(policy, root / "sub", OWN)
    assert not may_run_command(policy, None, OWN)


def test_no_command_runs_in_an_untrusted_folder(root: Path) -> None:
    record = TrustRecord().with_command(root, "ruff", COMMAND)
    policy = policy_for(root, editor_trust=False, record=record, settings=SETTINGS)
    assert policy.commands == frozenset()
    assert not may_run_command(policy, root, OWN)
    assert not may_run_command(policy, root, CheckerSettings())


def test_the_policy_holds_only_hashes_of_commands_that_are_set(root: Path) -> None:
    record = TrustRecord().with_command(root, "old", ("old",)).with_command(root, "ruff", COMMAND)
    policy = policy_for(root, editor_trust=None, record=record, settings=SETTINGS)
    assert policy.commands == {command_hash(root, COMMAND)}


def test_the_hash_is_that_of_the_canonical_json(root: Path) -> None:
    canonical = json.dumps(
        {"command": list(COMMAND), "root": folder_key(root)}, separators=(",", ":")
    )
    assert command_hash(root, COMMAND) == hashlib.sha256(canonical.encode()).hexdigest()
    assert command_hash(root, ("a b",)) != command_hash(root, ("a", "b"))


def test_a_command_from_a_real_workspace_file_waits_for_its_hash(root: Path) -> None:
    source = from_text(Layer.WORKSPACE, root / "c.toml", 'checkers.ruff.command = ["./r"]')
    found = resolve((source,), root=root).settings
    ask = policy_for(root, editor_trust=True, record=TrustRecord(), settings=found)
    assert not may_run_command(ask, root, found.checker("ruff"))
    record = TrustRecord().with_command(root, "ruff", ("./r",))
    trusted = policy_for(root, editor_trust=True, record=record, settings=found)
    assert may_run_command(trusted, root, found.checker("ruff"))


def test_revoking_a_folder_takes_its_commands_with_it(root: Path, tmp_path: Path) -> None:
    other = TrustRecord().with_folder(tmp_path).with_command(tmp_path, "ruff", COMMAND)
    full = (
        other.with_folder(root).with_command(root, "ruff", COMMAND).with_command(root, "b", ("b",))
    )
    assert full.without(root) == other
    assert full.without(root, "ruff").without(root, "b") == other.with_folder(root)


def test_a_record_comes_back_as_it_was_saved(home: Path, root: Path) -> None:
    assert load_record() == (TrustRecord(), None)
    record = TrustRecord().with_folder(root).with_command(root, "ruff", ("π😀", '"'))
    save_record(record)
    save_record(record)
    assert load_record() == (record, None)
    assert [path.name for path in home.iterdir()] == ["trust.json"]


@posix
def test_only_the_user_can_read_the_record(home: Path) -> None:
    save_record(TrustRecord())
    assert stat.S_IMODE(trust_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@posix
def test_a_record_that_others_can_write_is_not_believed(home: Path, root: Path) -> None:
    save_record(TrustRecord().with_folder(root))
    trust_file().chmod(0o666)
    record, problem = load_record()
    assert record == TrustRecord()
    assert problem is not None
    assert "other users" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"version": 2, "folders": [], "commands": {}}',
        '{"version": 1, "folders": "/", "commands": {}}',
        '{"version": 1, "folders": [1], "commands": {}}',
        '{"version": 1, "folders": [], "commands": []}',
        '{"version": 1, "folders": [], "commands": {"x": 1}}',
        '{"version": 1, "folders": ["/"], "commands": {"x": {"root": "/", "checker": "c", '
        '"command": ["a"]}}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_record_trusts_nothing_and_says_so(home: Path, text: str) -> None:
    home.mkdir()
    trust_file().write_text(text, "utf-8")
    record, problem = load_record()
    assert record == TrustRecord()
    assert problem is not None
    assert problem.message == (
        f"`{trust_file()}` is damaged, so no folder and no command is trusted, and no code is sent"
        " anywhere."
    )


def test_a_folder_in_the_records_place_trusts_nothing(home: Path) -> None:
    trust_file().mkdir(parents=True)
    record, problem = load_record()
    assert record == TrustRecord()
    assert problem is not None
    with pytest.raises(RefusedError, match="can't be written"):
        save_record(record)
    assert [path.name for path in home.iterdir()] == ["trust.json"]


def test_a_damaged_record_can_be_set_aside(home: Path) -> None:
    assert set_aside() is None
    home.mkdir()
    trust_file().write_text("?", "utf-8")
    aside = set_aside()
    assert aside is not None
    assert aside.read_text("utf-8") == "?"
    assert load_record() == (TrustRecord(), None)


@given(st.binary())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_make_the_record_raise_or_trust(home: Path, content: bytes) -> None:
    home.mkdir(exist_ok=True)
    trust_file().write_bytes(content)
    os.chmod(trust_file(), 0o600)  # noqa: PTH101 (what a umask leaves must not decide the test)
    assert load_record()[0] == TrustRecord()
