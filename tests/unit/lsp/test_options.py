"""What an editor may say, and what a folder may make it say."""

from __future__ import annotations

from understudy.config.layers import resolve
from understudy.config.source import from_editor
from understudy.lsp.options import take_initial, take_section
from understudy.lsp.session import Session

COMMAND = {"checkers": {"ruff": {"command": ["/bin/false"]}}}


def test_initialization_options_can_vouch_for_a_folder() -> None:
    session = Session()
    take_initial(session, {"workspaceTrusted": True, "gate": {"autoApply": True}})
    assert session.editor_trust is True
    assert session.editor_options == {"gate": {"autoApply": True}}


def test_a_section_that_a_folder_may_have_written_gives_no_trust() -> None:
    session = Session()
    take_initial(session, {"workspaceTrusted": False})
    take_section(session, {"trusted": True, "workspaceTrusted": True})
    assert session.editor_trust is False


def test_a_section_can_withdraw_trust() -> None:
    session = Session()
    take_initial(session, {"workspaceTrusted": True})
    assert take_section(session, {"workspaceTrusted": False})
    assert session.editor_trust is False


def test_a_section_that_says_nothing_leaves_trust_as_it_is() -> None:
    session = Session()
    take_initial(session, {"workspaceTrusted": True})
    assert not take_section(session, {})
    assert session.editor_trust is True


def test_a_command_of_a_section_needs_trust_as_the_folders_own_does() -> None:
    session = Session()
    take_initial(session, {})
    take_section(session, COMMAND)
    assert session.editor_says().doubtful
    settings = resolve([from_editor(COMMAND, doubtful=True)]).settings
    assert settings.checker("ruff").command_from_workspace


def test_a_command_of_the_users_own_settings_runs_as_it_is() -> None:
    settings = resolve([from_editor(COMMAND)]).settings
    assert not settings.checker("ruff").command_from_workspace


def test_a_section_of_a_trusted_folder_is_the_users_own() -> None:
    session = Session()
    take_initial(session, {"workspaceTrusted": True})
    take_section(session, COMMAND)
    assert not session.editor_says().doubtful
