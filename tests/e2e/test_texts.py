"""Prompts, replies and edits in the journal, as far as the user wants them there."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from tests.e2e.modelled import GOOD, configuration, fix
from tests.e2e.raw_client import LIMIT_S
from tests.unit.journal.samples import WAIT_S, count, journal_at, run_rows
from understudy.journal.contents import Content
from understudy.journal.query import query
from understudy.lsp.texts_notice import offer_purge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.e2e.editor import Editor
    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Wire
    from tests.providers.scripted import ServerInThread

PARTS = "SELECT u.part, c.level, c.body FROM content_uses u JOIN contents c ON c.sha256 = u.sha256"


def fixed(home: Path, opened: Callable[[], Editor]) -> Path:
    editor = opened()
    fix(editor)
    editor.wire.request("understudy/stats", {})
    return home / "journal.sqlite3"


def fill(path: Path) -> None:
    """Make a journal with texts that are not old enough to be forgotten."""
    now_us = time.time_ns() // 1_000
    journal = journal_at(path, content="full")
    for row in run_rows("X", started_us=now_us):
        journal.record(row)
    journal.record(Content(now_us, "XC", "prompt", ("a prompt",)))
    assert journal.close(WAIT_S)


def notice(wire: Wire) -> str:
    """The question that the user is asked about texts, once it comes."""

    def fits(one: dict[str, Any]) -> bool:
        return "`journal.content = metrics`" in str(one.get("params", {}).get("message"))

    return str(wire.wait(fits)["params"]["message"])


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
    fill(home / "journal.sqlite3")
    configuration(home, provider, "openai")
    assert notice(opened().wire).startswith("The journal holds 2 texts of prompts")


def test_they_are_offered_too_when_the_journal_can_be_read_a_moment_later(
    near: NearServer, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near.initialize(workspace)
    whole, path = tmp_path / "whole.sqlite3", tmp_path / "other" / "journal.sqlite3"
    fill(whole)
    path.mkdir(parents=True)
    monkeypatch.setenv("UNDERSTUDY_HOME", str(path.parent))
    asking = asyncio.run_coroutine_threadsafe(offer_purge(near._app, "metrics"), near.loop)
    time.sleep(0.2)
    path.rmdir()
    whole.rename(path)
    assert notice(near.wire).startswith("The journal holds 2 texts of prompts")
    asking.result(LIMIT_S)
