"""The Neovim client says what the server says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tidy.make_nvim_client import FOLDER, kebab, texts
from understudy.lsp.commands import all_commands

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_what_the_client_shares_with_the_server_is_not_stale(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == texts()[path], "Run `make generate`."


def test_every_command_of_the_server_is_in_the_help() -> None:
    text = (FOLDER / "doc" / "understudy.txt").read_text(encoding="utf-8")
    missing = [one for one in all_commands() if f"*:Understudy-{kebab(one)}*" not in text]
    assert not missing


def test_no_line_of_the_help_is_wider_than_its_window() -> None:
    text = (FOLDER / "doc" / "understudy.txt").read_text(encoding="utf-8")
    assert not [line for line in text.split("\n") if len(line) > 78]


def test_a_command_is_spelt_as_people_type_it() -> None:
    assert kebab("understudy.fixFile") == "fix-file"
