"""What is done after failed edits, as editors ask for it and are told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import attrs
import pytest

from tests.e2e.modelled import GOOD, TEXT, configuration, ended, questions
from tests.providers.answers import Says
from tests.unit.engine.test_effectiveness import rows
from tests.unit.journal.samples import store
from understudy.lsp.effectiveness_exchanges import Effectiveness, StrategyRow, StrategyUsed
from understudy.lsp.naming import camel

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.editor import Editor
    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

WORSE = Says(f"```python\n{TEXT.replace('something_else_entirely', 'another_wrong_one')}```")


def members(kind: Any) -> set[str]:
    return {camel(one.name) for one in attrs.fields(kind)}


def planted(home: Path) -> None:
    store(
        home / "journal.sqlite3",
        *rows("plain_retry", ["cleared"] * 4 + ["same"] * 6, tokens=0),
        *rows("show_finding", ["cleared"] * 9 + ["worse"]),
        *rows("lower_temperature", ["cleared", *["changed"] * 9]),
    )


def test_a_client_is_told_how_much_each_strategy_helps(
    home: Path, near: NearServer, workspace: Path
) -> None:
    planted(home)
    near.initialize(workspace)
    told = near.wire.request("learning/effectiveness", {})
    assert set(told) == members(Effectiveness)
    assert all(set(row) == members(StrategyRow) for row in told["strategies"])
    states = {row["strategy"]: row["state"] for row in told["strategies"]}
    assert next(iter(states)) == "show_finding"
    assert states["plain_retry"] == "baseline"
    none = near.wire.request("learning/effectiveness", {"language": "go"})
    assert none == {"strategies": []}


@pytest.mark.parametrize("asked", [{"days": 0}, {"days": "many"}, [1]])
def test_what_means_nothing_is_refused_with_a_sentence(
    near: NearServer, workspace: Path, asked: Any
) -> None:
    near.initialize(workspace)
    assert near.wire.refusal("learning/effectiveness", asked)


def test_the_command_opens_a_report(home: Path, near: NearServer, workspace: Path) -> None:
    planted(home)
    near.initialize(workspace, capabilities={"window": {"showDocument": {"support": True}}})
    command = {"command": "understudy.effectiveness", "arguments": [{}]}
    assert near.wire.request("workspace/executeCommand", command)["runId"]
    shown = near.wire.wait_for("window/showDocument")
    text = Path(url2pathname(urlsplit(shown["uri"]).path)).read_text(encoding="utf-8")
    assert text.startswith("acme/large, type_error, python\n")
    assert "show_finding" in text


def test_a_run_names_what_was_done_after_its_failed_edit(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    configuration(home, provider, "openai")
    provider.server.scripts["one:7b"] = [WORSE, GOOD]
    editor = opened()
    run_id = editor.fix("something_else_entirely")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert len(questions(provider)) == 2
    told = editor.wire.request("understudy/run", {"runId": run_id})
    (use,) = told["reports"][0]["strategies"]
    assert set(use) == members(StrategyUsed)
    assert (use["category"], use["result"]) == ("hallucination", "cleared")
    assert use["strategy"]
