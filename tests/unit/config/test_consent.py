"""Who may get a workspace's code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from understudy.config.paths import trust_file
from understudy.config.policy import Policy
from understudy.config.settings import Settings
from understudy.config.trust import load_record, policy_for, save_record
from understudy.config.trust_record import TrustRecord, folder_key

if TYPE_CHECKING:
    from pathlib import Path

AGREED: dict[str, object] = {"version": 1, "folders": [], "commands": {}}


ORIGIN = "https://api.acme.com"


def here(_provider: str) -> tuple[str, str]:
    """A provider that is asked where it was built in."""
    return ORIGIN, ORIGIN


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("UNDERSTUDY_HOME", str(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def policy(
    root: Path | None, record: TrustRecord | None = None, *, trust: bool | None = None
) -> Policy:
    record = load_record()[0] if record is None else record
    return policy_for(root, editor_trust=trust, record=record, settings=Settings(), origins=here)


def test_nothing_is_agreed_before_somebody_agrees(root: Path) -> None:
    assert policy(root).clouds == frozenset()


def test_a_consent_is_for_one_folder_and_one_provider(root: Path, tmp_path: Path) -> None:
    save_record(TrustRecord().with_cloud(root, "acme", ORIGIN))
    assert policy(root).clouds == {"acme"}
    (root / "sub").mkdir()
    for other in (tmp_path, root / "sub", tmp_path / "project-2", None):
        assert policy(other).clouds == frozenset()


def test_any_way_to_name_the_folder_is_the_same_folder(root: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(root, target_is_directory=True)
    record = TrustRecord().with_cloud(link, "acme", ORIGIN)
    assert policy(root / ".." / "project", record).clouds == {"acme"}
    assert policy(root, record.without_cloud(link, "acme")).clouds == frozenset()


def test_a_consent_is_taken_back_from_one_provider_or_from_all(root: Path, tmp_path: Path) -> None:
    record = (
        TrustRecord()
        .with_cloud(root, "a", ORIGIN)
        .with_cloud(root, "b", ORIGIN)
        .with_cloud(tmp_path, "a", ORIGIN)
    )
    assert record.without_cloud(root, "a").clouds_for(root, here) == {"b"}
    bare = record.without_cloud(root, None)
    assert bare.clouds_for(root, here) == frozenset()
    assert bare.clouds_for(tmp_path, here) == {"a"}
    save_record(record)
    save_record(bare)
    assert load_record() == (bare, None)


def test_a_consent_survives_trusting_and_distrusting_the_folder(root: Path) -> None:
    record = TrustRecord().with_cloud(root, "acme", ORIGIN).with_folder(root)
    assert record.without(root).clouds_for(root, here) == {"acme"}


def test_a_folder_that_the_editor_does_not_trust_sends_nothing(root: Path) -> None:
    record = TrustRecord().with_folder(root).with_cloud(root, "acme", ORIGIN)
    assert policy(root, record, trust=False) == Policy()
    assert not policy(root, record, trust=False).may_ask_models
    assert policy(root, record, trust=True).clouds == {"acme"}


def test_records_of_before_there_were_consents_are_read(root: Path) -> None:
    trust_file().write_text(json.dumps({**AGREED, "folders": [str(root)]}), "utf-8")
    record, problem = load_record()
    assert problem is None
    assert record.trusts(root)
    assert record.clouds == frozenset()


@pytest.mark.parametrize(
    "clouds",
    [
        None,
        "acme",
        {"/": "acme"},
        ["acme"],
        [["/"]],
        [["/", "acme", "x", "y"]],
        [["/", 1]],
        [[[], "a"]],
    ],
)
def test_one_damaged_entry_sends_nothing_at_all(root: Path, clouds: object) -> None:
    save_record(TrustRecord().with_cloud(root, "acme", ORIGIN))
    found = json.loads(trust_file().read_text("utf-8"))
    good = found["clouds"]
    entries = good + clouds if isinstance(clouds, list) else clouds
    trust_file().write_text(json.dumps({**found, "clouds": entries}), "utf-8")
    record, problem = load_record()
    assert record == TrustRecord()
    assert problem is not None
    assert "no code is sent anywhere" in problem.message


def test_a_consent_is_for_the_origin_that_was_asked_about(root: Path) -> None:
    record = TrustRecord().with_cloud(root, "acme", ORIGIN)
    for now in ("https://evil.example", "http://api.acme.com", f"{ORIGIN}:8443", ""):
        found = record.clouds_for(root, dict.fromkeys(["acme"], (now, ORIGIN)).__getitem__)
        assert found == frozenset()
    elsewhere = record.with_cloud(root, "acme", "https://lab.example")
    assert elsewhere.clouds_for(root, lambda _: ("https://lab.example", ORIGIN)) == {"acme"}
    assert elsewhere.without_cloud(root, "acme").clouds == frozenset()


def test_a_consent_of_before_origins_were_recorded_is_for_the_built_in_one(root: Path) -> None:
    old = {**AGREED, "clouds": [[folder_key(root), "acme"]]}
    trust_file().write_text(json.dumps(old), "utf-8")
    record, problem = load_record()
    assert problem is None
    assert record.clouds_for(root, here) == {"acme"}
    assert record.clouds_for(root, lambda _: ("https://evil.example", ORIGIN)) == frozenset()
    assert record.clouds_for(root, lambda _: ("https://own.example", "")) == frozenset()
    save_record(record)
    assert load_record() == (record, None)


def test_an_answer_about_dearer_models_is_kept_for_its_folder_and_taken_back_with_all(
    root: Path, tmp_path: Path
) -> None:
    record = TrustRecord().with_cloud(root, "acme", ORIGIN).with_takeover(root, agreed=True)
    save_record(record)
    assert load_record() == (record, None)
    assert record.takeover(root) is True
    assert record.takeover(tmp_path / "other") is None
    assert record.with_takeover(root, agreed=False).takeover(root) is False
    assert record.without_cloud(root, "acme").takeover(root) is True
    assert record.without_cloud(root, None) == TrustRecord()


@pytest.mark.parametrize("answers", [[], {"/": "yes"}, {"/": 1}, "x"])
def test_a_damaged_answer_about_dearer_models_is_not_believed(root: Path, answers: object) -> None:
    save_record(TrustRecord().with_takeover(root, agreed=True))
    found = json.loads(trust_file().read_text("utf-8"))
    trust_file().write_text(json.dumps({**found, "takeovers": answers}), "utf-8")
    record, problem = load_record()
    assert record == TrustRecord()
    assert problem is not None
