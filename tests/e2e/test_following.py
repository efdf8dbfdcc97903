"""What the open server follows: questions that were answered for good, settings, keys, trust."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.raw_client import LIMIT_S, NO_ANSWER
from tests.unit.engine.tiny_server import tiny_server
from tests.unit.journal.models import failure
from understudy.core.failures import FailureCategory
from understudy.lsp import agreeing
from understudy.lsp.agreeing import ALWAYS, NEVER, NO, YES, agrees
from understudy.lsp.background import open_background

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from understudy.engine.reach import Reach
    from understudy.lsp.background import Background

QUESTION = "window/showMessageRequest"
TAKE_OVER = "acme/small failed type_error 3x → acme/large, at most $0.30."
LIMIT = "`acme/large` was not asked: $0.80 of $1.00 are spent. Ask it all the same?"
TAGS = {"/api/tags": {"models": [{"name": "tiny:1b"}]}}


def within(near: NearServer, work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run_coroutine_threadsafe(work, near._loop).result(LIMIT_S)


def opened(near: NearServer, workspace: Path, **params: Any) -> Background:
    """The server's background, once it knows its settings."""
    near.initialize(workspace, **params)

    async def open_it() -> Background:
        open_background(near._app)
        background = near._app.background
        assert background is not None
        await background.until_settled()
        return background

    found: Background = within(near, open_it())
    return found


def reach_of(background: Background) -> Reach:
    assert background.reach is not None
    return background.reach


def answer(near: NearServer, root: Path, question: str, title: str | None) -> bool:
    near.wire.answers[QUESTION] = lambda _: {"title": title} if title else None
    agreed: bool = within(near, agrees(near._app, root, question))
    return agreed


@pytest.mark.parametrize(("title", "agreed"), [(ALWAYS, True), (NEVER, False)])
def test_an_answer_for_good_counts_for_its_folder_and_no_other(
    near: NearServer, workspace: Path, title: str, *, agreed: bool
) -> None:
    opened(near, workspace)
    assert answer(near, workspace, TAKE_OVER, title) is agreed
    assert answer(near, workspace, TAKE_OVER, None) is agreed
    (question,) = near.wire.came(QUESTION)
    assert [one["title"] for one in question["actions"]] == [YES, ALWAYS, NEVER, NO]
    assert not answer(near, workspace / "other", TAKE_OVER, NO)
    assert len(near.wire.came(QUESTION)) == 2


@pytest.mark.parametrize(("title", "agreed"), [(YES, True), (NO, False), (None, False)])
def test_any_other_answer_counts_once(
    near: NearServer, workspace: Path, title: str | None, *, agreed: bool
) -> None:
    opened(near, workspace)
    for times in (1, 2):
        assert answer(near, workspace, TAKE_OVER, title) is agreed
        assert len(near.wire.came(QUESTION)) == times


def test_always_lifts_no_limit_of_the_budget(near: NearServer, workspace: Path) -> None:
    opened(near, workspace)
    assert answer(near, workspace, TAKE_OVER, ALWAYS)
    assert not answer(near, workspace, LIMIT, ALWAYS), "nobody could pick that"
    question = near.wire.came(QUESTION)[-1]
    assert [one["title"] for one in question["actions"]] == [YES, NO]
    assert answer(near, workspace, LIMIT, YES)


def test_no_answer_is_a_no(
    near: NearServer, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreeing, "_WAIT_S", 0.05)
    opened(near, workspace)
    near.wire.answers[QUESTION] = lambda _: NO_ANSWER
    assert not within(near, agrees(near._app, workspace, TAKE_OVER))


def models(near: NearServer) -> dict[str, Any]:
    params = {"command": "understudy.models", "arguments": []}
    found = near.wire.request("workspace/executeCommand", params)["models"]
    return {one["id"]: one for one in found}


def test_pauses_are_told_and_forgotten_once_an_address_or_a_key_changed(
    near: NearServer, workspace: Path, home: Path, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text("one", "utf-8")
    text = f"""
[providers.acme]
base_url = "https://acme.invalid/v1"
key = "{{file:{key.as_posix()}}}"

[models."acme/one"]
"""
    (home / "config.toml").write_text(text, "utf-8")
    background = opened(near, workspace)
    model = next(one for one in _known(near) if one.id == "acme/one")

    def pause() -> None:
        ledger = reach_of(background).ledger
        ledger.unreachable(model, failure(FailureCategory.AUTH_ERROR, after_s=500.0))
        within(near, background.look_at_pauses())
        assert "is left alone until" in models(near)["acme/one"]["paused"]

    pause()
    within(near, background.keep_up())
    assert models(near)["acme/one"]["paused"], "nothing changed"
    key.write_text("another", "utf-8")
    within(near, background.keep_up())
    assert models(near)["acme/one"]["paused"] is None
    pause()
    (home / "config.toml").write_text(text.replace("invalid", "example"), "utf-8")
    within(near, background.keep_up())
    assert models(near)["acme/one"]["paused"] is None


def _known(near: NearServer) -> Any:
    from understudy.models.registry import known_models

    return known_models(near._app.session.settings_for(None)).values()


def test_journal_and_cache_follow_the_settings(
    near: NearServer, workspace: Path, home: Path
) -> None:
    background = opened(near, workspace)
    reach = reach_of(background)
    ledger: Any = reach.ledger
    assert ledger._file is not None
    config = home / "config.toml"
    config.write_text("[journal]\nenabled = false\n[cache]\nmax_mb = 7\n", "utf-8")
    within(near, background.keep_up())
    assert ledger._file is None
    assert reach.caches._shelf._max_bytes == 7_000_000
    config.write_text("", "utf-8")
    within(near, background.keep_up())
    assert ledger._file is not None


def test_a_local_server_that_is_added_later_is_asked_for_its_models(
    near: NearServer, workspace: Path, home: Path
) -> None:
    with tiny_server(TAGS) as server:
        background = opened(near, workspace)
        text = f'[providers.ollama]\nbase_url = "{server.url}"\n'
        (home / "config.toml").write_text(text, "utf-8")
        within(near, background.keep_up())
        within(near, background._prepare(reach_of(background)))
        assert "ollama/tiny:1b" in models(near)


def test_for_a_folder_that_is_not_trusted_no_server_is_asked(
    near: NearServer, workspace: Path, home: Path
) -> None:
    with tiny_server(TAGS) as server:
        text = f'[providers.ollama]\nbase_url = "{server.url}"\n'
        (home / "config.toml").write_text(text, "utf-8")
        options = {"workspaceTrusted": False}
        background = opened(near, workspace, initializationOptions=options)
        within(near, background._prepare(reach_of(background)))
        assert server.asked == []
