"""`understudy.routeExplain`, and a model that a request names in its first word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.modelled import questions
from tests.e2e.test_reports import SHOWS, shown
from tests.e2e.test_reports import opened as opened_raw
from tests.e2e.test_wishes import SHORTER, fenced, opened, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.e2e.raw_client import Server
    from tests.providers.scripted import ServerInThread

__all__ = ["opened"]


def test_the_models_of_a_task_are_explained_in_a_document(server: Server, workspace: Path) -> None:
    editor = opened_raw(server, workspace, **SHOWS)
    answer = editor.execute("understudy.routeExplain", {"uri": editor.uri, "task": "fix"})
    assert set(answer) == {"runId"}
    assert shown(server).startswith("fix: builtin/rules\nChosen by: ")


def test_a_client_that_shows_no_documents_is_told_in_a_sentence(
    server: Server, workspace: Path
) -> None:
    editor = opened_raw(server, workspace)
    editor.execute("understudy.routeExplain")
    message = server.wire.wait_for("window/showMessage")["message"]
    assert message == "fix: builtin/rules (built-in)."


@pytest.mark.parametrize(
    ("words", "model"),
    [
        ("@acme/two make it shorter", "two"),
        ("@acme/one:7b: make it shorter", "one:7b"),
        ("@property make it shorter", "one:7b"),
        ("make it shorter, as @acme/two would", "one:7b"),
    ],
)
def test_a_request_that_begins_with_a_model_is_asked_of_that_one(
    opened: Callable[[], Editor], provider: ServerInThread, words: str, model: str
) -> None:
    for each in ("one:7b", "two"):
        provider.server.scripts[each] = [fenced(SHORTER)]
    run(opened(), "understudy.edit", "result", instruction=words)
    (question,) = questions(provider)
    assert question.model == model
    sent = str(question.body["messages"])
    assert "make it shorter" in sent
    assert ("@" in sent) == ("@acme/two make" not in words and "7b: make" not in words)
