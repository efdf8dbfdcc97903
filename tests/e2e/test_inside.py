"""What can only be seen from inside the process: the loop, failing handlers, frozen views."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from blockbuster import blockbuster_ctx
from lsprotocol import types as lsp

from tests.e2e.inside import Inside, running
from tests.e2e.modelled import GOOD, KEY, configuration
from tests.e2e.modelled import TEXT as BASKET
from tests.e2e.raw_client import LIMIT_S, sentence_of
from tests.providers.answers import PROSE, Says
from tests.providers.asked import Traits
from tests.providers.scripted import ServerInThread
from understudy.config.policy import Trust
from understudy.config.trust import save_record
from understudy.config.trust_record import TrustRecord

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.workspace.diagnostics import Diagnostic

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"
CURSOR = {"start": {"line": 2, "character": 12}, "end": {"line": 2, "character": 12}}


@pytest.fixture(autouse=True)
def _own_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))


def open_document(inside: Inside, uri: str, text: str = TEXT, language: str = "python") -> None:
    item = {"uri": uri, "languageId": language, "version": 1, "text": text}
    inside.notify("textDocument/didOpen", {"textDocument": item})


async def test_nothing_blocks_the_loop(workspace: Path) -> None:
    (workspace / ".understudy").mkdir()
    config = (workspace / ".understudy" / "config.toml").as_uri()
    uri = (workspace / "total.py").as_uri()
    async with running(workspace) as inside:
        # Before that, modules are imported, which reads files wherever it happens.
        assert inside.app.background is not None
        await asyncio.wait_for(inside.app.background.settled.wait(), LIMIT_S)
        with blockbuster_ctx("understudy"):
            inside.answers["window/showMessageRequest"] = lambda params: params["actions"][0]
            inside.answers["workspace/applyEdit"] = lambda _: {"applied": True}
            open_document(inside, uri)
            open_document(inside, config, "[gate]\nauto_aply = true\n", "toml")
            context: dict[str, Any] = {"diagnostics": []}
            place = {"textDocument": {"uri": uri}, "range": CURSOR, "context": context}
            assert inside.request("textDocument/codeAction", place)["result"]
            command = {"command": "understudy.fix", "arguments": [{"uri": uri, "range": CURSOR}]}
            assert "result" in inside.request("workspace/executeCommand", command)
            await inside.wait_for("workspace/applyEdit")
            change = {"range": CURSOR, "text": "x"}
            document = {"uri": uri, "version": 2}
            inside.notify(
                "textDocument/didChange", {"textDocument": document, "contentChanges": [change]}
            )
            await inside.wait_for("textDocument/publishDiagnostics")
            inside.request(
                "textDocument/hover",
                {"textDocument": {"uri": config}, "position": {"line": 1, "character": 2}},
            )
            inside.notify("textDocument/didSave", {"textDocument": {"uri": config}})
            inside.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
            inside.request("shutdown")
        assert not [one for one in inside.seen if "error" in one]


async def test_nothing_blocks_the_loop_while_models_are_asked(
    home: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_KEY", KEY)
    uri = (workspace / "basket.py").as_uri()
    place = {"start": {"line": 4, "character": 12}, "end": {"line": 4, "character": 12}}
    command = {"command": "understudy.fix", "arguments": [{"uri": uri, "range": place}]}
    traits = {"one:7b": Traits(key=KEY), "two": Traits(key=KEY)}
    mended = GOOD.text.replace("total", "whole")
    scripts = {"one:7b": [Says(PROSE)], "two": [GOOD, Says(mended)]}
    with ServerInThread(scripts, traits=traits) as provider:
        configuration(home, provider, "openai")
        async with running(workspace) as inside:
            inside.answers["window/showMessageRequest"] = lambda params: params["actions"][0]
            inside.answers["workspace/applyEdit"] = lambda _: {"applied": True}
            assert inside.app.background is not None
            await asyncio.wait_for(inside.app.background.settled.wait(), LIMIT_S)
            # The first time, modules are imported.
            for text in (BASKET, BASKET.replace("total", "whole")):
                open_document(inside, uri, text)
                with contextlib.ExitStack() as watched:
                    if text != BASKET:
                        watched.enter_context(blockbuster_ctx("understudy"))
                    assert "result" in inside.request("workspace/executeCommand", command)
                    await inside.wait_for("workspace/applyEdit")
                inside.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
                assert not [one for one in inside.seen if "error" in one]
                inside.seen.clear()
        models = [one.model for one in provider.server.asked if one.model]
    assert models == ["one:7b"] * 3 + ["two"] * 2


async def test_a_handler_that_breaks_is_answered_without_our_insides(
    workspace: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_: object) -> None:
        raise RuntimeError(f"{workspace}/secret.py broke")

    async with running(workspace) as inside:
        inside.app.protocol.handlers["textDocument/hover"] = break_down
        params = {"textDocument": {"uri": "file:///x"}, "position": {"line": 0, "character": 0}}
        reply = inside.request("textDocument/hover", params)
        assert "`textDocument/hover` failed" in sentence_of(reply)
        assert "secret" not in str(reply)
        inside.app.protocol.handlers["textDocument/didSave"] = break_down
        before = len(inside.seen)
        inside.notify("textDocument/didSave", {"textDocument": {"uri": "file:///x"}})
        assert inside.seen[before:] == []
    assert [one.exc_text for one in caplog.records if "secret" in (one.exc_text or "")]
    assert len(caplog.records) == 2


async def test_a_result_that_can_not_be_written_is_answered(
    workspace: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(workspace) as inside:
        for result in (object(), {1: object()}, [float("nan")]):
            inside.app.protocol.handlers["workspace/executeCommand"] = partial(_give, result)
            reply = inside.request("workspace/executeCommand", {"command": "x"})
            assert "failed inside Understudy" in sentence_of(reply)
    assert len(caplog.records) == 3


def _give(result: object, _: object) -> object:
    return result


async def test_a_job_that_breaks_says_so_in_a_sentence_and_the_next_one_works(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from understudy.lsp import fixing

    async def break_down(*_: object) -> str:
        raise RuntimeError("inner secret")

    uri = (workspace / "total.py").as_uri()
    command = {"command": "understudy.fix", "arguments": [{"uri": uri, "range": CURSOR}]}
    async with running(workspace) as inside:
        inside.answers["window/showMessageRequest"] = lambda params: params["actions"][0]
        open_document(inside, uri)
        with monkeypatch.context() as patch:
            patch.setattr(fixing, "fix_here", break_down)
            inside.request("workspace/executeCommand", command)
            said = await inside.wait_for("window/showMessage")
        assert "failed inside Understudy" in said["message"]
        assert "secret" not in said["message"]
        inside.request("workspace/executeCommand", command)
        await inside.wait_for("workspace/applyEdit")
    assert "inner secret" in caplog.text


async def test_a_view_stays_as_it_was_while_the_document_goes_on(workspace: Path) -> None:
    uri = (workspace / "total.py").as_uri()
    async with running(workspace) as inside:
        open_document(inside, uri)
        view = inside.app.session.view(uri)
        document = {"uri": uri, "version": 9}
        changes = [{"range": CURSOR, "text": "gone"}]
        inside.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
        )
        assert (view.version, view.text) == (1, TEXT)
        assert inside.app.session.view(uri).version == 9


async def test_a_client_that_never_answers_leaves_no_request_behind(workspace: Path) -> None:
    async with running(workspace) as inside:
        inside.app.protocol.set_writer(Deaf())
        for _ in range(3):
            params = lsp.ShowDocumentParams(uri="file:///x")
            waiting = asyncio.ensure_future(inside.app.ask("window/showDocument", params, 60.0))
            await asyncio.sleep(0)
            assert inside.app.protocol._request_futures
            waiting.cancel()
            await asyncio.wait([waiting])
        assert not inside.app.protocol._request_futures
        assert not inside.app.protocol._result_types


class Deaf:
    def write(self, data: bytes) -> None:
        """Nobody reads it."""

    def close(self) -> None:
        """Nothing is open."""


async def test_a_command_is_answered_before_anything_is_read_of_its_diagnostics(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, and however long the text is: reading them is part of the work."""
    from understudy.workspace import foreign

    read: list[int] = []
    real = foreign.diagnostic_from_json

    def note(*arguments: Any) -> Diagnostic | None:
        read.append(threading.get_ident())
        return real(*arguments)

    monkeypatch.setattr(foreign, "diagnostic_from_json", note)
    uri = (workspace / "total.py").as_uri()
    reslt = {"start": {"line": 2, "character": 11}, "end": {"line": 2, "character": 16}}
    found = {"range": reslt, "message": "Undefined name `reslt`", "source": "Ruff", "code": "F821"}
    arguments = {"uri": uri, "range": CURSOR, "diagnostics": [found] * 300}
    async with running(workspace) as inside:
        open_document(inside, uri)
        command = {"command": "understudy.fix", "arguments": [arguments]}
        assert "runId" in inside.request("workspace/executeCommand", command)["result"]
        assert read == []
        await inside.wait_for("window/showMessageRequest")
    assert len(read) == 300
    # And it is not the loop that reads them.
    assert threading.get_ident() not in read


async def test_what_takes_long_for_a_long_text_does_not_run_on_the_loop(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the clock: whatever works on whole texts must be called from another thread."""
    callers: dict[str, set[int]] = {}

    def noting(module: str, name: str) -> None:
        real = getattr(importlib.import_module(module), name)

        def note(*arguments: Any, **options: Any) -> Any:
            callers.setdefault(name, set()).add(threading.get_ident())
            return real(*arguments, **options)

        monkeypatch.setattr(f"{module}.{name}", note)

    for module, name in HEAVY:
        noting(module, name)
    uri = (workspace / "total.py").as_uri()
    filler = "".join(f"value_{number} = {number}\n" for number in range(2_000))
    async with running(workspace) as inside:
        open_document(inside, uri, TEXT + filler)
        command = {"command": "understudy.fix", "arguments": [{"uri": uri, "range": CURSOR}]}
        assert "result" in inside.request("workspace/executeCommand", command)
        await inside.wait_for("window/showMessageRequest")
    assert set(callers) == {name for _, name in HEAVY}
    own = threading.get_ident()
    assert not [name for name, threads in callers.items() if own in threads]


HEAVY = (
    ("understudy.engine.attempt", "drafts"),
    ("understudy.engine.attempt", "compare"),
    ("understudy.engine.weighing", "judge"),
    ("understudy.lsp.starting", "selected"),
    ("understudy.lsp.background", "_set_up_all"),
)
"""What looks at every line or at the disk, where it is called."""


async def test_trust_that_is_given_elsewhere_counts_for_the_next_run(workspace: Path) -> None:
    uri = (workspace / "total.py").as_uri()
    command = {"command": "understudy.fix", "arguments": [{"uri": uri, "range": CURSOR}]}
    async with running(workspace) as inside:
        open_document(inside, uri)
        inside.request("workspace/executeCommand", command)
        await inside.wait_for("window/showMessageRequest")
        assert inside.app.session.policy_for(workspace).trust is Trust.RESTRICTED
        for record, trust in (
            (TrustRecord(frozenset({str(workspace)})), Trust.TRUSTED),
            (TrustRecord(), Trust.RESTRICTED),
        ):
            await asyncio.to_thread(save_record, record)
            inside.seen.clear()
            inside.request("workspace/executeCommand", command)
            await inside.wait_for("window/showMessageRequest")
            assert inside.app.session.policy_for(workspace).trust is trust
