"""The question whether code may leave the machine, as a client meets it."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from tests.e2e.raw_client import LIMIT_S, NO_ANSWER, RefusalError
from understudy.config.paths import trust_file
from understudy.config.trust import load_record
from understudy.lsp.background import open_background
from understudy.lsp.consenting import NOT_NOW, SEND, ask_consent

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Message

QUESTION = "window/showMessageRequest"


@pytest.fixture
def opened(near: NearServer, workspace: Path, home: Path) -> NearServer:
    """A server that knows its settings."""
    own = 'providers.acme.base_url = "https://api.acme.com/v1"\n'
    (home / "config.toml").write_text(own, encoding="utf-8")
    near.initialize(workspace)
    asyncio.run_coroutine_threadsafe(_settled(near), near._loop).result(LIMIT_S)
    return near


async def _settled(near: NearServer) -> None:
    open_background(near._app)
    assert near._app.background is not None
    await near._app.background.until_settled()


def asked(near: NearServer, root: Path, provider: str = "acme") -> Future[bool]:
    """What the server makes of the user's answer, once there is one."""
    asking = ask_consent(near._app, provider.title(), provider, f"https://api.{provider}.com", root)
    return asyncio.run_coroutine_threadsafe(asking, near._loop)


def clouds(near: NearServer, root: Path) -> frozenset[str]:
    return near._app.session.policy_for(root).clouds


def picks(title: str | None) -> Callable[[object], Message | None]:
    return lambda _: {"title": title} if title else None


def test_a_yes_is_written_down_and_counts_at_once(opened: NearServer, workspace: Path) -> None:
    opened.wire.answers[QUESTION] = picks(SEND)
    assert asked(opened, workspace).result(LIMIT_S)
    assert clouds(opened, workspace) == {"acme"}
    (agreed,) = load_record()[0].clouds
    assert agreed[1:] == ("acme", "https://api.acme.com")
    (question,) = opened.wire.came(QUESTION)
    assert question["message"].startswith("Send code of `workspace` to Acme (https://api.acme.com)")
    assert [one["title"] for one in question["actions"]] == [SEND, NOT_NOW]


@pytest.mark.parametrize("title", [NOT_NOW, None, "Something else"])
def test_everything_else_is_a_no_for_the_rest_of_the_session(
    opened: NearServer, workspace: Path, title: str | None
) -> None:
    opened.wire.answers[QUESTION] = picks(title)
    for _ in range(3):
        assert not asked(opened, workspace).result(LIMIT_S)
    assert len(opened.wire.came(QUESTION)) == 1
    assert not asked(opened, workspace, "other").result(LIMIT_S)
    assert len(opened.wire.came(QUESTION)) == 2, "another provider is another question"
    assert clouds(opened, workspace) == frozenset()
    assert not trust_file().exists()


def test_a_client_without_questions_is_told_the_command_once(
    opened: NearServer, workspace: Path
) -> None:
    def refuse(_: object) -> None:
        raise RefusalError("Method not found.")

    opened.wire.answers[QUESTION] = refuse
    for _ in range(2):
        assert not asked(opened, workspace).result(LIMIT_S)
    message = opened.wire.wait_for("window/showMessage")["message"]
    assert "`understudy consent acme`" in message
    assert len(opened.wire.came("window/showMessage")) == 1


def test_who_asks_meanwhile_waits_for_the_same_answer_even_if_the_first_gave_up(
    opened: NearServer, workspace: Path
) -> None:
    seen, go_on = threading.Event(), threading.Event()

    def answer(_: object) -> Message:
        seen.set()
        assert go_on.wait(LIMIT_S)
        return {"title": SEND}

    opened.wire.answers[QUESTION] = answer
    first = asked(opened, workspace)
    assert seen.wait(LIMIT_S)
    second = asked(opened, workspace)
    first.cancel()
    go_on.set()
    assert second.result(LIMIT_S)
    assert len(opened.wire.came(QUESTION)) == 1


def test_after_a_yes_was_taken_back_there_is_another_question(
    opened: NearServer, workspace: Path
) -> None:
    opened.wire.answers[QUESTION] = picks(SEND)
    assert asked(opened, workspace).result(LIMIT_S)
    trust_file().unlink()
    assert asked(opened, workspace).result(LIMIT_S)
    assert len(opened.wire.came(QUESTION)) == 2


def test_a_damaged_record_stays_as_it_is_and_the_user_is_told(
    opened: NearServer, workspace: Path
) -> None:
    trust_file().write_text("{")
    opened.wire.answers[QUESTION] = picks(SEND)
    assert not asked(opened, workspace).result(LIMIT_S)
    assert "is damaged" in opened.wire.wait_for("window/showMessage")["message"]
    assert trust_file().read_text() == "{"


def test_an_untrusted_workspace_is_not_asked_about(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace, initializationOptions={"workspaceTrusted": False})
    asyncio.run_coroutine_threadsafe(_settled(near), near._loop).result(LIMIT_S)
    near.wire.answers[QUESTION] = picks(SEND)
    assert not asked(near, workspace).result(LIMIT_S)
    assert near.wire.came(QUESTION) == []


def test_a_question_that_is_open_does_not_keep_the_server(
    opened: NearServer, workspace: Path
) -> None:
    opened.wire.answers[QUESTION] = lambda _: NO_ANSWER
    waiting = asked(opened, workspace)
    opened.wire.wait_for(QUESTION)
    assert opened.leave() == 0
    assert waiting.cancelled() or not waiting.result(LIMIT_S)
