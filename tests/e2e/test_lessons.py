"""Lessons in an editor: the queue with its evidence, what can be said of one, what influenced an edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.modelled import configuration
from understudy.config.learning_settings import LearningSettings
from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.failures import FailureCategory as F
from understudy.learning.intake import take_in
from understudy.learning.lesson import Lesson, Remedy, Scope, Trigger
from understudy.learning.registry import Registry
from understudy.learning.reviewing import add
from understudy.learning.shelf import load_shelf, user_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

ABILITIES = {
    "capabilities": {
        "window": {"showDocument": {"support": True}},
        "workspace": {"workspaceEdit": {"documentChanges": True}},
        "textDocument": {
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}
        },
    }
}
GOOD = "---\ntrigger:\n  category: type_error\nremedy: prompt_fragment\n---\nReturn 😀 numbers.\n"
Message = dict[str, Any]


def lesson(body: str, code: str = "F821") -> Lesson:
    trigger = Trigger(F.LINT_FAILURE, code)
    return Lesson("", trigger, Remedy("prompt_fragment", body), Scope(language="python"), "model")


@pytest.fixture
def registry(near: NearServer) -> Registry:
    """Of the journal of the server's user."""
    assert near.home.is_dir()
    return Registry(journal_file(), now_us)


@pytest.fixture
def queue(near: NearServer, workspace: Path, registry: Registry) -> str:
    """The id of a lesson that waits, with a client that can show documents."""
    taken = take_in(lesson("Import what you use."), "R", registry, LearningSettings())
    assert taken.lesson is not None
    near.initialize(workspace, **ABILITIES)
    near.wire.answers["window/showDocument"] = lambda _: {"success": True}
    return taken.lesson.id


def listed(near: NearServer) -> list[Message]:
    found: list[Message] = near.wire.request("learning/list", {})["lessons"]
    return found


def shown(near: NearServer) -> Editor:
    """The report, opened as an editor does."""
    near.wire.request("workspace/executeCommand", {"command": "understudy.lessons"})
    uri = near.wire.wait_for("window/showDocument")["uri"]
    text = Path(url2pathname(unquote(urlsplit(uri).path))).read_text(encoding="utf-8")
    editor = Editor(near, uri, Buffer(text))
    editor.open("markdown")
    return editor


def actions(
    editor: Editor, words: str, diagnostics: list[Message] | None = None
) -> dict[str, Message]:
    params = {
        "textDocument": {"uri": editor.uri},
        "range": editor.here(words),
        "context": {"diagnostics": diagnostics or []},
    }
    found = editor.wire.request("textDocument/codeAction", params)
    return {one["title"].removeprefix("Understudy: "): one for one in found}


def do(editor: Editor, action: Message) -> None:
    command = action["command"]
    params = {"command": command["command"], "arguments": command["arguments"]}
    editor.wire.request("workspace/executeCommand", params)


def test_the_queue_is_a_document_with_evidence_and_actions(near: NearServer, queue: str) -> None:
    report = shown(near)
    assert report.buffer.text.startswith("# Lessons\n\n1 lesson of 1 waits for your review.")
    assert f"## {queue}\n\n**waiting**: it waits for your review." in report.buffer.text
    offered = actions(report, "Import what you use.")
    assert list(offered) == ["Accept this lesson", "Edit this lesson", "Reject this lesson"]
    do(report, offered["Accept this lesson"])
    assert near.wire.wait_for("window/showMessage")["message"] == (
        f"The lesson `{queue}` is in use from now on."
    )
    assert [(one["id"], one["state"]) for one in listed(near)] == [(queue, "active")]
    assert "Accept this lesson" not in actions(report, "# Lessons")


def test_to_edit_a_lesson_opens_its_file(near: NearServer, queue: str) -> None:
    report = shown(near)
    seen = len(near.wire.seen)
    do(report, actions(report, queue)["Edit this lesson"])
    asked = near.wire.wait(lambda one: one.get("method") == "window/showDocument", after=seen)
    assert asked["params"]["uri"] == (user_folder() / f"{queue}.md").as_uri()


def test_a_rejected_lesson_is_remembered(near: NearServer, queue: str, registry: Registry) -> None:
    params = {"id": queue, "action": "reject"}
    told = near.wire.request("learning/review", params)["told"]
    assert "won't come up again" in told
    assert [(one["state"], one["why"]) for one in listed(near)] == [("retired", "you rejected it")]
    again = take_in(lesson("Import what you use."), "S", registry, LearningSettings())
    assert again.what == "rejected"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"id": "nothing", "action": "accept"}, "There is no lesson `nothing`"),
        ({"id": "x", "action": "obey"}, "`action` must be one of accept"),
        ({"id": "x"}, "`action` of `learning/review` is missing"),
    ],
)
def test_what_can_not_be_said_is_refused_in_a_sentence(
    params: Message, said: str, near: NearServer, queue: str
) -> None:
    assert queue
    assert said in near.wire.refusal("learning/review", params)


@pytest.mark.parametrize("layer", ["workspace", "user"])
def test_what_is_wrong_with_a_lessons_file_is_underlined(
    layer: str, near: NearServer, workspace: Path, registry: Registry
) -> None:
    folder = user_folder() if layer == "user" else workspace / ".understudy" / "lessons"
    folder.mkdir(parents=True, exist_ok=True)
    add(lesson("Never return numbers.", code="F401"), registry, None)
    near.initialize(workspace, **ABILITIES)
    text = GOOD.replace("type_error", "typo_error") + "😀"
    editor = Editor(near, (folder / "mine.md").as_uri(), Buffer(text))
    editor.open("markdown")
    (found,) = published(editor)
    assert (found["code"], found["range"]) == ("bad_value", editor.here("typo_error"))
    seen = len(near.wire.seen)
    other = GOOD.replace("type_error", "lint_failure\n  code: F401")
    other = other.replace("remedy", "scope:\n  language: python\nremedy")
    editor.type(0, len(text), other)
    (found,) = published(editor, seen)
    assert found["code"] == "double"
    seen = len(near.wire.seen)
    editor.close()
    assert published(editor, seen) == []


def test_a_lessons_file_offers_what_can_be_said_of_it(near: NearServer, queue: str) -> None:
    path = user_folder() / f"{queue}.md"
    editor = Editor(near, path.as_uri(), Buffer(path.read_text(encoding="utf-8")))
    editor.open("markdown")
    do(editor, actions(editor, "Import what")["Reject this lesson"])
    assert "is rejected" in near.wire.wait_for("window/showMessage")["message"]
    assert load_shelf(None).lessons[0].review == "rejected"


@pytest.fixture
def alike(near: NearServer, queue: str, registry: Registry) -> tuple[str, str]:
    """The ids of two lessons that say nearly the same of different failures."""
    other = add(lesson("Import what you use!", code="F401"), registry, None)
    return queue, other.id


def test_a_lesson_that_says_nearly_the_same_is_a_hint_with_two_quick_fixes(
    near: NearServer, alike: tuple[str, str]
) -> None:
    own, other = alike
    path = user_folder() / f"{own}.md"
    editor = Editor(near, path.as_uri(), Buffer(path.read_text(encoding="utf-8")))
    editor.open("markdown")
    (hint,) = published(editor)
    assert (hint["code"], hint["severity"]) == ("near", 4)
    assert hint["message"] == f"The lesson `{other}` says nearly the same; they can be made one."
    assert not [title for title in actions(editor, "Import what") if "Merge" in title]
    offered = actions(editor, "Import what", [hint, {"code": "near", "data": 5}])
    assert [title for title in offered if "Merge" in title] == [
        f"Merge this lesson into `{other}`",
        f"Merge `{other}` into this lesson",
    ]
    # Nothing was made one unasked.
    assert len(load_shelf(None).lessons) == 2
    do(editor, offered[f"Merge `{other}` into this lesson"])
    assert near.wire.wait_for("window/showMessage")["message"].startswith(f"`{other}` is in use")
    before = len(near.wire.seen)
    do(editor, offered[f"Merge this lesson into `{other}`"])
    told = near.wire.wait_for("window/showMessage", after=before)["message"]
    assert told == f"The lesson `{own}` is one with `{other}` now."
    assert [one.id for one in load_shelf(None).lessons] == [other]


def test_the_queue_offers_to_merge_what_says_nearly_the_same(
    near: NearServer, alike: tuple[str, str]
) -> None:
    own, other = alike
    report = shown(near)
    assert f"- nearly the same: {other}\n" in report.buffer.text
    do(report, actions(report, own)[f"Merge this lesson into `{other}`"])
    assert near.wire.wait_for("window/showMessage")["message"].endswith(f"with `{other}` now.")
    assert [one.id for one in load_shelf(None).lessons] == [other]


def test_what_can_be_said_of_a_lesson_comes_with_the_list(
    near: NearServer, alike: tuple[str, str]
) -> None:
    own, other = alike
    (waits, _) = listed(near)
    said = [(one["action"], one["id"], one["into"]) for one in waits["choices"]]
    assert said == [
        ("accept", own, ""),
        ("edit", own, ""),
        ("reject", own, ""),
        ("merge", own, other),
        ("merge", other, own),
    ]


def test_words_that_look_like_the_report_are_taken_for_words(
    near: NearServer, workspace: Path, registry: Registry
) -> None:
    mine = add(lesson("Mine.", code="F401"), registry, None)
    told = f"Be kind.\n## {mine.id}\n\n**waiting**\n- nearly the same: {mine.id}"
    taken = take_in(lesson(told), "R", registry, LearningSettings())
    assert taken.lesson is not None
    near.initialize(workspace, **ABILITIES)
    near.wire.answers["window/showDocument"] = lambda _: {"success": True}
    report = shown(near)
    offered = actions(report, "- nearly the same")
    assert [one["command"]["arguments"][0]["id"] for one in offered.values()] == [
        taken.lesson.id
    ] * 3


def published(editor: Editor, after: int = 0) -> list[Message]:
    found = editor.wire.wait(
        lambda one: (
            one.get("method") == "textDocument/publishDiagnostics"
            and one["params"]["uri"] == editor.uri
        ),
        after=after,
    )
    told: list[Message] = found["params"]["diagnostics"]
    return told


def test_what_influenced_an_edit_is_said_and_can_be_switched_off(
    near: NearServer,
    home: Path,
    provider: ServerInThread,
    opened: Callable[[], Editor],
    registry: Registry,
) -> None:
    configuration(home, provider, "openai", "[learning]\nhold_out = 100\n")
    mine = [
        add(lesson(f"Return what was summed up, {n}.", code=f"F{n}"), registry, None) for n in "12"
    ]
    editor = opened()
    editor.confirm = False
    run = editor.fix("something_else_entirely")
    near.wire.wait_for("workspace/applyEdit")
    logged = [one["message"] for one in near.wire.came("window/logMessage")]
    # One in a hundred runs goes without a lesson, and none without both.
    used = [
        one for one in mine if any(f"The lesson `{one.id}` had a part" in line for line in logged)
    ]
    assert used
    place = {"textDocument": {"uri": editor.uri}, "position": {"line": 4, "character": 8}}
    told = near.wire.request("textDocument/hover", place)["contents"]["value"]
    assert told.startswith("**What influenced this edit?**")
    assert f"`{used[0].id}`, you wrote it: `{used[0].remedy.body}`" in told
    waiting = near.wire.request("understudy/readyEdits", {"uri": editor.uri})["edits"]
    assert [one["id"] for one in waiting[0]["influences"]] == [one.id for one in used]
    report = near.wire.request("understudy/run", {"runId": run})["reports"][0]
    assert {(one["id"], one["role"]) for one in report["lessons"]} >= {(used[0].id, "in")}
    offered = actions(editor, "something_else_entirely")
    do(editor, offered[f"Switch off the lesson `{used[0].id}` in this workspace"])
    message = near.wire.wait_for("window/showMessage")["message"]
    assert message == f"The lesson `{used[0].id}` is switched off in this workspace."
    now = {one["id"]: one["why"] for one in listed(near)}
    assert now[used[0].id] == "it is switched off in this workspace"
    assert f"Switch off the lesson `{used[0].id}` everywhere" in offered
