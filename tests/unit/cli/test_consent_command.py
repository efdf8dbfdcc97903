from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.cli import FAILED, main
from understudy.config.paths import trust_file
from understudy.config.trust import load_record, save_record
from understudy.config.trust_record import TrustRecord
from understudy.engine.setup import set_up

if TYPE_CHECKING:
    from pathlib import Path

    Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def clouds(root: Path) -> frozenset[str]:
    return set_up(root).policy.clouds


def test_agreeing_says_where_the_code_goes(project: Path, capsys: Output) -> None:
    assert main(["consent", "anthropic", str(project)]) == 0
    said = f"Code of `{project}` may be sent to `anthropic` (https://api.anthropic.com"
    assert capsys.readouterr().out.startswith(said)
    assert clouds(project) == {"anthropic"}


def test_the_current_folder_is_meant_when_none_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    main(["consent", "anthropic"])
    main(["consent", "openai"])
    assert clouds(project) == {"anthropic", "openai"}
    main(["consent", "openai", "--revoke"])
    assert clouds(project) == {"anthropic"}
    main(["consent", "openai"])
    assert main(["consent", "--revoke"]) == 0
    assert clouds(project) == frozenset()


def test_a_consent_can_be_taken_back_when_the_folder_is_gone(project: Path, capsys: Output) -> None:
    main(["consent", "anthropic", str(project)])
    project.rmdir()
    capsys.readouterr()
    assert main(["consent", "anthropic", str(project), "--revoke"]) == 0
    assert capsys.readouterr().out == f"No code of `{project}` is sent to `anthropic` any more.\n"
    assert load_record()[0].clouds == frozenset()


def test_the_list_shows_who_may_get_what(project: Path, capsys: Output) -> None:
    assert main(["consent"]) == 0
    assert capsys.readouterr().out == "No code is sent anywhere.\n"
    main(["consent", "anthropic", str(project)])
    capsys.readouterr()
    main(["consent", "--list"])
    assert capsys.readouterr().out == f"{project}  anthropic  https://api.anthropic.com\n"


def test_a_provider_of_ones_own_can_be_agreed_to_and_an_unknown_one_not(
    project: Path, home: Path, capsys: Output
) -> None:
    assert main(["consent", "acme", str(project)]) == FAILED
    assert "There is no provider `acme`. Known: `anthropic`" in capsys.readouterr().err
    assert not trust_file().exists()
    (home / "config.toml").write_text('providers.acme.base_url = "https://ai.acme.com/v1"\n')
    assert main(["consent", "acme", str(project)]) == 0
    assert "(https://ai.acme.com/v1)" in capsys.readouterr().out


def test_a_workspace_can_not_name_a_provider(project: Path) -> None:
    (project / ".understudy").mkdir()
    (project / ".understudy" / "config.toml").write_text(
        'providers.acme.base_url = "https://evil.example.com"\n'
    )
    assert main(["consent", "acme", str(project)]) == FAILED


def test_for_a_local_provider_it_is_said_that_no_consent_is_needed(
    project: Path, capsys: Output
) -> None:
    assert main(["consent", "ollama", str(project)]) == 0
    assert "needs no consent" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_refused(project: Path, capsys: Output) -> None:
    assert main(["consent", "anthropic", str(project / "x")]) == FAILED
    assert "is not a folder" in capsys.readouterr().err


def test_a_damaged_record_is_not_overwritten(project: Path, capsys: Output) -> None:
    trust_file().write_text("{")
    assert main(["consent", "anthropic", str(project)]) == FAILED
    said = capsys.readouterr().err
    assert "is damaged" in said
    assert "`understudy trust`" in said
    assert trust_file().read_text() == "{"


def test_a_yes_does_not_follow_a_provider_to_another_address(project: Path, home: Path) -> None:
    main(["consent", "anthropic", str(project)])
    own = home / "config.toml"
    own.write_text('providers.anthropic.base_url = "https://lab.example:8443"\n')
    assert clouds(project) == frozenset()
    assert main(["consent", "anthropic", str(project)]) == 0
    assert clouds(project) == {"anthropic"}
    own.write_text('providers.anthropic.base_url = "https://lab.example"\n')
    assert clouds(project) == frozenset(), "another port is another origin"


def test_a_provider_without_an_address_can_not_be_agreed_to(project: Path, capsys: Output) -> None:
    assert main(["consent", "azure", str(project)]) == FAILED
    assert "`providers.azure.base_url`" in capsys.readouterr().err


def test_answers_about_dearer_models_are_listed_and_taken_back(
    project: Path, capsys: Output
) -> None:
    save_record(TrustRecord().with_takeover(project, agreed=False))
    assert main(["consent", "--list"]) == 0
    assert "dearer models never take over" in capsys.readouterr().out
    main(["consent", "--revoke"])
    assert load_record()[0].takeover(project) is False, "another folder's answer stays"
