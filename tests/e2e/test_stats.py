"""How models do, as editors ask for it and are told."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import attrs
import pytest

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import GOOD, TEXT, configuration, ended, questions
from tests.providers.answers import EMPTY, Hangs, Says
from tests.unit.journal.planted import DAY_US, LARGE, SMALL, Planted, bad, good, rows_of
from tests.unit.journal.samples import store
from understudy.journal.backlog import Record
from understudy.journal.imports import store_records
from understudy.lsp.alarm import news
from understudy.lsp.naming import camel
from understudy.lsp.stats_exchanges import (
    ImportedModelRow,
    RankedModel,
    StatsAnswer,
    StatsChoice,
    StatsRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

Message = dict[str, Any]
NOW_US = time.time_ns() // 1_000
WORD = "something_else_entirely"


def members(kind: Any) -> set[str]:
    return {camel(one.name) for one in attrs.fields(kind)}


def planted(home: Path, *runs: Planted) -> None:
    store(home / "journal.sqlite3", *rows_of(*runs))


def some(model: str, solved: int, of: int, days_ago: int) -> list[Planted]:
    return [
        Planted(
            f"{model}-{days_ago}-{n}",
            (good(model) if n < solved else bad(model, "timeout"),),
            started_us=NOW_US - days_ago * DAY_US - n,
        )
        for n in range(of)
    ]


def test_a_client_is_told_the_numbers_and_who_is_best(
    home: Path, near: NearServer, workspace: Path
) -> None:
    planted(home, *some(LARGE, 38, 40, 1), *some(SMALL, 10, 40, 1), *some(SMALL, 40, 40, 20))
    near.initialize(workspace)
    told = near.wire.request("understudy/stats", {"days": 7, "best": "fix"})
    assert set(told) == members(StatsAnswer)
    assert all(set(row) == members(StatsRow) for row in told["stats"])
    rows = {row["name"]: row for row in told["stats"]}
    assert (rows[SMALL]["totalRuns"], rows[SMALL]["successRate"]) == (40, 0.25)
    assert rows[SMALL]["failuresByCategory"] == {"timeout": 30}
    assert told["categories"] == [
        {"name": "timeout", "times": 32, "share": 1.0, "models": {SMALL: 30, LARGE: 2}}
    ]
    assert set(told["choice"]) == members(StatsChoice)
    assert all(set(one) == members(RankedModel) for one in told["choice"]["ranking"])
    assert told["choice"]["best"] == [LARGE]


def test_what_other_programs_told_stands_apart(
    home: Path, near: NearServer, workspace: Path
) -> None:
    planted(home, Planted("A", (good(SMALL),)))
    doc = '{"totalRuns": 8, "successRate": 0.5, "avgLatencyMs": 1250}'
    store_records(home / "journal.sqlite3", [Record("stats", SMALL, doc)])
    near.initialize(workspace)
    told = near.wire.request("understudy/stats", None)
    assert [row["totalRuns"] for row in told["stats"]] == [1]
    (row,) = told["imported"]
    assert set(row) == members(ImportedModelRow)
    assert (row["name"], row["totalRuns"], row["avgLatencyMs"]) == (SMALL, 8, 1250)
    for asked in ({"days": 7}, {"task": "fix"}, {"model": LARGE}):
        assert near.wire.request("understudy/stats", asked)["imported"] == []


def test_without_arguments_all_is_told(home: Path, near: NearServer, workspace: Path) -> None:
    planted(home, Planted("A", (good(SMALL),), task="edit"))
    near.initialize(workspace)
    told = near.wire.request("understudy/stats", None)
    assert (told["runs"]["total"], told["since"], told["choice"]) == (1, None, None)
    by_task = near.wire.request("understudy/stats", {"by": "task"})
    assert [row["name"] for row in by_task["stats"]] == ["edit"]


def test_a_folder_is_counted_by_itself(home: Path, near: NearServer, workspace: Path) -> None:
    planted(home, Planted("A", (good(SMALL),)))
    near.initialize(workspace)
    told = near.wire.request("understudy/stats", {"folder": workspace.as_uri()})
    assert (told["runs"]["total"], told["stats"]) == (0, [])


@pytest.mark.parametrize(
    "asked",
    [{"days": 0}, {"days": "many"}, {"by": "moon"}, {"folder": "https://example.org/x"}, [1]],
)
def test_what_means_nothing_is_refused_with_a_sentence(
    near: NearServer, workspace: Path, asked: Any
) -> None:
    near.initialize(workspace)
    assert near.wire.refusal("understudy/stats", asked)


def test_the_command_opens_a_report(home: Path, near: NearServer, workspace: Path) -> None:
    planted(home, *some(LARGE, 38, 40, 1))
    near.initialize(workspace, capabilities={"window": {"showDocument": {"support": True}}})
    command = {"command": "understudy.stats", "arguments": [{"best": "fix"}]}
    assert near.wire.request("workspace/executeCommand", command)["runId"]
    shown = near.wire.wait_for("window/showDocument")
    text = Path(url2pathname(urlsplit(shown["uri"]).path)).read_text(encoding="utf-8")
    assert text.startswith("Only `acme/large` has enough data for `fix`: 38 of 40 runs")
    assert "40 runs, 38 solved (95%)." in text


def test_hovering_over_a_model_in_the_configuration_tells_how_it_does(
    home: Path, near: NearServer, workspace: Path
) -> None:
    planted(home, *some("anthropic/claude-haiku-4-5", 9, 10, 1))
    near.initialize(workspace)
    text = (
        '[model_routing]\ndebugging = ["builtin/rules", "anthropic/claude-haiku-4-5"]\n'
        '[models."anthropic/claude-haiku-4-5"]\ntemperature = 0\n'
    )
    editor = Editor(near, (workspace / ".understudy" / "config.toml").as_uri(), Buffer(text))
    editor.open("toml")

    def hover(line: int, character: int) -> str:
        place = {"line": line, "character": character}
        params = {"textDocument": {"uri": editor.uri}, "position": place}
        found = near.wire.request("textDocument/hover", params)
        return str(found["contents"]["value"]) if found else ""

    told = hover(1, 35)
    assert told.startswith("`anthropic/claude-haiku-4-5`\n\n- 9 of 10 runs solved (60% to 98%)")
    assert "It was not asked yet." in hover(1, 16)
    assert hover(2, 15).startswith(told)
    assert "It was" not in hover(1, 3)


def test_a_model_that_does_worse_is_told_when_a_run_begins_and_by_no_other_server(
    home: Path, near: NearServer, workspace: Path
) -> None:
    planted(home, *some(SMALL, 39, 40, 15), *some(SMALL, 2, 20, 1))

    near.initialize(workspace)
    editor = Editor(near, (workspace / "a.py").as_uri(), Buffer("import os\n"))
    editor.open()
    editor.fix("os")
    said = near.wire.wait(
        lambda one: one.get("method") == "window/showMessage" and "worse" in str(one)
    )
    text = said["params"]["message"]
    assert text.startswith("`acme/small` does worse than it did: it solved 2 of 20")
    assert news() == ()


def test_what_the_user_typed_over_is_superseded_and_no_failure(
    home: Path, provider: ServerInThread, near: NearServer, workspace: Path
) -> None:
    provider.server.scripts["one:7b"] = [Hangs(), GOOD]
    configuration(home, provider, "openai", "\n[fix]\nspeculate = true\nspeculate_after_s = 0.1\n")
    params = initialize_params("vscode", workspace)
    params["capabilities"]["experimental"] = {"understudy": {"previews": True, "status": True}}
    near.wire.request("initialize", params)
    near.wire.notify("initialized", {})
    (workspace / "basket.py").write_text(TEXT, encoding="utf-8")
    editor = Editor(near, (workspace / "basket.py").as_uri(), Buffer(TEXT))
    editor.open()
    provider.until(lambda: questions(provider))
    editor.type(len(TEXT), len(TEXT), "\n")
    near.wire.wait(
        lambda one: (
            one.get("method") == "understudy/readyChanged" and bool(one["params"]["editIds"])
        )
    )
    told = near.wire.request("understudy/stats", {"model": "acme/one:7b"})
    (row,) = told["stats"]
    assert (row["totalRuns"], row["superseded"], row["cancelled"]) == (1, 1, 0)
    assert row["failuresByCategory"] == {}
    assert told["runs"]["superseded"] == 1


def test_a_run_with_a_rescue_is_told_as_it_was(
    home: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> None:
    provider.server.scripts = {"one:7b": [EMPTY, EMPTY, EMPTY], "two": [Says(GOOD.text)]}
    configuration(home, provider, "openai")
    editor = opened()
    editor.fix(WORD)
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    told = editor.wire.request("understudy/stats", {})
    rows = {row["name"]: row for row in told["stats"]}
    assert rows["acme/one:7b"]["neededRescue"] == 1
    assert (rows["acme/two"]["successRate"], rows["acme/two"]["firstTryRate"]) == (1.0, 1.0)
