"""Lessons on their way to others and from others, as an editor sees and confirms them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import pytest

from tests.unit.journal.samples import store
from tests.unit.learning.lessons import use_rows
from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.failures import FailureCategory as F
from understudy.learning.lesson import Lesson, Remedy, Scope, Trigger
from understudy.learning.payload import hash_of
from understudy.learning.registry import Registry
from understudy.learning.reviewing import add
from understudy.learning.shelf import load_shelf
from understudy.models.catalogue import shipped

if TYPE_CHECKING:
    from tests.e2e.near_server import NearServer

Message = dict[str, Any]
SHOWS = {"capabilities": {"window": {"showDocument": {"support": True}}}}
PUBLIC = next(one for one in sorted(shipped().models) if one.startswith("anthropic/"))


@pytest.fixture
def proved(near: NearServer, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a lesson that can be handed over, with a client that can show documents."""
    monkeypatch.setattr("tests.unit.learning.lessons.MODEL", PUBLIC)
    told = Lesson(
        "",
        Trigger(F.LINT_FAILURE, "F821"),
        Remedy("prompt_fragment", "Import what you use."),
        Scope(language="python"),
    )
    one = add(told, Registry(journal_file(), now_us), None)
    rows = [row for n in range(10) for row in use_rows(f"R{n}", one, at_us=now_us())]
    store(journal_file(), *rows)
    near.initialize(workspace, **SHOWS)
    near.wire.answers["window/showDocument"] = lambda _: {"success": True}
    return one.id


def opened(near: NearServer) -> bytes:
    uri = near.wire.wait_for("window/showDocument")["uri"]
    return Path(url2pathname(unquote(urlsplit(uri).path))).read_bytes()


def test_the_exact_bytes_are_opened_and_confirmed_by_their_hash(
    near: NearServer, proved: str
) -> None:
    assert proved
    first: Message = near.wire.request("learning/contribute", {})
    assert first["what"] == "shown"
    assert opened(near) == first["payload"].encode("ascii")
    assert hash_of(first["payload"]) == first["hash"]
    again: Message = near.wire.request("learning/contribute", {"hash": first["hash"]})
    assert (again["what"], again["payload"]) == ("confirmed", first["payload"])
    assert again["told"].endswith("Nothing was sent. It counts as handed over from now on.")
    assert near.wire.request("learning/contribute", {})["what"] == "nothing"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"hash": "ab" * 32}, "were shown. Look at them first"),
        ({"hash": 5}, "`hash` of `learning/contribute`"),
    ],
)
def test_what_was_not_shown_is_not_confirmed(
    params: Message, said: str, near: NearServer, proved: str
) -> None:
    assert proved
    assert said in near.wire.refusal("learning/contribute", params)


def test_an_upstream_needs_a_fork(near: NearServer, proved: str) -> None:
    assert proved
    shown = near.wire.request("learning/contribute", {})["hash"]
    params = {"hash": shown, "upstream": "others/lessons"}
    assert "go together" in near.wire.refusal("learning/contribute", params)


def test_lessons_of_others_come_into_the_queue_and_are_shown(
    near: NearServer, proved: str, tmp_path: Path
) -> None:
    file = tmp_path / "friends.json"
    payload: str = near.wire.request("learning/contribute", {})["payload"]
    opened(near)
    seen = len(near.wire.seen)
    file.write_text(payload, encoding="utf-8")
    near.wire.request("learning/review", {"id": proved, "action": "remove"})
    found: Message
    params = {"path": str(file), "tag": "friends", "dryRun": True}
    found = near.wire.request("learning/import", params)
    assert found["told"] == "1 lesson of `friends` would wait for your review."
    assert load_shelf(None).lessons == ()
    near.wire.wait(lambda one: one.get("method") == "window/showDocument", after=seen)
    seen = len(near.wire.seen)
    found = near.wire.request("learning/import", {"path": str(file), "tag": "friends"})
    assert found["told"] == "1 lesson of `friends` waits for your review."
    asked = near.wire.wait(lambda one: one.get("method") == "window/showDocument", after=seen)
    shown = Path(url2pathname(unquote(urlsplit(asked["params"]["uri"]).path)))
    assert shown.read_text(encoding="utf-8") == found["diff"]
    (one,) = load_shelf(None).lessons
    assert (one.id, one.review, one.source) == (
        *found["lessons"],
        "waiting",
        "imported:friends",
    )


def test_lessons_of_others_are_taken_back_by_their_source(
    near: NearServer, proved: str, tmp_path: Path
) -> None:
    file = tmp_path / "friends.json"
    payload: str = near.wire.request("learning/contribute", {})["payload"]
    file.write_text(payload, encoding="utf-8")
    near.wire.request("learning/review", {"id": proved, "action": "remove"})
    assert near.wire.request("learning/sources", {}) == {"sources": []}
    taken: Message = near.wire.request("learning/import", {"path": str(file), "tag": "friends"})
    (source,) = near.wire.request("learning/sources", {})["sources"]
    assert (source["tag"], source["hash"], source["file"]) == ("friends", taken["hash"], file.name)
    assert (source["lessons"], source["importedMs"] > 0) == (1, True)
    gone: Message = near.wire.request("learning/revoke", {"source": source["hash"]})
    assert gone == {"told": "1 lesson of `friends` is gone.", "lessons": taken["lessons"]}
    assert load_shelf(None).lessons == ()
    refused = near.wire.refusal("learning/revoke", {"source": "friends"})
    assert "Nothing was imported from `friends`." in refused


def test_a_run_that_teaches_nothing_can_not_be_remembered(near: NearServer, proved: str) -> None:
    assert proved
    command = {"command": "understudy.rememberRun", "arguments": [{"runId": "R1"}]}
    near.wire.request("workspace/executeCommand", command)
    said = near.wire.wait_for("window/showMessage")["message"]
    assert "teaches nothing" in said
