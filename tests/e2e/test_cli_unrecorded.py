"""What a folder that refuses to be recorded leaves in the user's journal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.e2e.cli_process import run
from tests.e2e.modelled import GOOD, KEY, TEXT, configuration, questions
from tests.providers.answers import Says

if TYPE_CHECKING:
    from pathlib import Path

    from tests.providers.scripted import ServerInThread

KEPT = {"spending", "allowances", "sqlite_sequence"}
"""What calls cost, and that there were calls; the last one is SQLite's own."""
FREE = '[models."acme/one:7b"]\n'


def rows(home: Path) -> dict[str, int]:
    """How many rows each table of the journal has; those that have none are left out."""
    with closing(sqlite3.connect(home / "journal.sqlite3")) as db:
        names = [
            row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        each = {one: db.execute(f'SELECT COUNT(*) FROM "{one}"').fetchone()[0] for one in names}  # noqa: S608 - a table's name can't be a parameter
    return {one: number for one, number in each.items() if number}


@pytest.mark.parametrize("command", ["fix --apply", "explain"])
def test_amounts_count_for_all_folders_and_nothing_else_is_kept(
    home: Path, workspace: Path, provider: ServerInThread, command: str
) -> None:
    configuration(home, provider, "openai")
    user = home / "config.toml"
    priced = f"{FREE}price_in = 2.0\nprice_out = 10.0\n"
    user.write_text(user.read_text(encoding="utf-8").replace(FREE, priced), encoding="utf-8")
    (workspace / "basket.py").write_text(TEXT, encoding="utf-8")
    (workspace / ".understudy").mkdir()
    (workspace / ".understudy" / "config.toml").write_text("[journal]\nenabled = false\n", "utf-8")
    provider.server.scripts = {"one:7b": [Says("")], "two": [GOOD]}
    ended = run(*command.split(), "basket.py", cwd=workspace, home=home, ACME_KEY=KEY)
    assert ended.code == 0, ended.err
    assert {"one:7b", "two"} <= {one.model for one in questions(provider)}
    assert set(rows(home)) == KEPT
