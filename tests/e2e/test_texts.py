"""Prompts, replies and edits in the journal, as far as the user wants them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.modelled import GOOD, configuration, fix
from tests.unit.journal.samples import WAIT_S, count, journal_at, run_rows
from understudy.journal.contents import Content
from understudy.journal.query import query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.providers.scripted import ServerInThread

PARTS = "SELECT u.part, c.level, c.body FROM content_uses u JOIN contents c ON c.sha256 = u.sha256"


def fixed(home: Path, opened: Callable[[], Editor]) -> Path:
    editor = opened()
    fix(editor)
    editor.wire.request("understudy/stats", {})
    return home / "journal.sqlite3"


def test_what_was_said_and_offered_is_kept_where_the_user_wants_it(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [GOOD]}
    configuration(home, provider, "openai", '[journal]\ncontent = "redacted"\n')
    found = {row[0]: row[1:] for row in query(fixed(home, opened), PARTS).rows}
    assert set(found) == {"prompt", "reply", "edit"}
    assert {level for level, _ in found.values()} == {"redacted"}
    assert "something_else_entirely" in str(found["prompt"][1])
    assert str(found["reply"][1]).startswith("The sum is in `result`.")
    assert "+++" in str(found["edit"][1])


def test_no_text_is_kept_where_nobody_asked_for_it(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [GOOD]}
    configuration(home, provider, "openai")
    path = fixed(home, opened)
    assert (count(path, "calls"), count(path, "contents")) == (1, 0)


def test_texts_above_the_level_are_offered_for_deletion(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    path = home / "journal.sqlite3"
    journal = journal_at(path, content="full")
    for row in run_rows("X"):
        journal.record(row)
    journal.record(Content(1, "XC", "prompt", ("a prompt",)))
    assert journal.close(WAIT_S)
    configuration(home, provider, "openai")
    editor = opened()
    asked = editor.wire.wait(
        lambda one: "`journal.content = metrics`" in str(one.get("params", {}).get("message"))
    )
    assert asked["params"]["message"].startswith("The journal holds 2 texts of prompts")
