"""A key goes to its provider and nowhere else, even when the provider says it back."""

from __future__ import annotations

import io
import logging
import time
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import Says, Status
from tests.providers.planted import assert_nowhere
from tests.providers.scripted import ScriptedServer
from understudy.config.paths import journal_file
from understudy.config.policy import Policy, Trust
from understudy.config.settings import ModelSettings, ProviderSettings, Settings
from understudy.core.failures import CallError
from understudy.engine.questions import Question
from understudy.engine.reach import open_reach
from understudy.journal.store import Journal
from understudy.models.registry import find_model
from understudy.prompt import Part, Prompt, Turn
from understudy.wire import keys
from understudy.workspace import secrets
from understudy.workspace.logs import MaskedRecord
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.providers.answers import Answer

KEY = "planted-key-0123456789"
FAMILIES = ("openai", "openai-responses", "anthropic", "gemini", "ollama")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("UNDERSTUDY_HOME", str(folder))
    monkeypatch.setenv("ACME_KEY", KEY)
    monkeypatch.setattr(secrets, "_remembered", {})
    keys.forget()
    yield folder
    keys.forget()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged by anybody, from the lowest level on."""
    stream, root, before = io.StringIO(), logging.getLogger(), logging.getLogRecordFactory()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.setLogRecordFactory(MaskedRecord)
    yield stream
    logging.setLogRecordFactory(before)
    root.setLevel(level)
    root.removeHandler(handler)


def settings_for(family: str, url: str) -> Settings:
    acme = ProviderSettings(
        kind=family, base_url=url, key="{env:ACME_KEY}", headers={"x-team-token": "{env:ACME_KEY}"}
    )
    known = ModelSettings(provider="acme", name="coder", context_window=16_000)
    return Settings(providers={"acme": acme}, models={"acme/coder": known})


@pytest.mark.parametrize("family", FAMILIES)
async def test_a_key_is_nowhere_after_calls_that_repeat_it(
    family: str, home: Path, log: io.StringIO
) -> None:
    script: list[Answer] = [
        Says(f"Your key is {KEY}."),
        Status(401, {"error": {"message": f"Incorrect API key provided: {KEY}", "code": KEY}}),
        Status(500, f"<html>{KEY}</html>", {"x-key": KEY}),
    ]
    async with ScriptedServer({"coder": script}) as server:
        settings = settings_for(family, server.base_url(family))
        model = find_model(settings, "acme/coder")
        assert model is not None
        journal = Journal.open(journal_file(), settings)
        journal.start()
        reach = open_reach(settings, journal)
        said: list[object] = []
        for number in range(3):
            text = f"Question {number}: {KEY}"
            question = Question(
                run_id=f"run{number}",
                number=1,
                model=model,
                view=View("untitled:x", text, Policy(Trust.TRUSTED)),
                prompt=Prompt((Turn("user", (Part("text", text),)),)),
                max_output=1_000,
                deadline=time.monotonic() + 20,
                named=True,
            )
            try:
                answered = await reach.ask(question, settings)
                assert KEY in answered.reply.text
            except CallError as error:
                said += [str(error), error.failure]
        assert journal.close(10)
        reach.caches.close()
        asked = list(server.asked)
    assert len(asked) == 3
    assert all(KEY in str(one.headers) for one in asked)
    assert all(KEY.encode() not in one.raw for one in asked)
    assert all(KEY not in one.target for one in asked)
    assert len(said) == 4
    assert_nowhere(KEY, home, log.getvalue(), *map(repr, said))
