"""VS Code with the packaged extension, driven as a person drives it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.e2e import several
from tests.e2e.clouds import CLOUD
from tests.e2e.modelled import GOOD, KEY, MENDED, TEXT
from tests.editors.trial import BROKEN, FIXED
from tests.editors.vscode_build import CLIENT
from tests.editors.vscode_cases import (
    BAD_FRAGMENTS,
    ENDS,
    IMAGES,
    LINE,
    folder_with,
    keep,
    notebook,
    program,
)
from tests.editors.vscode_desk import Desk, desk_in
from tests.providers.answers import Hangs, Says, Status
from tests.providers.planted import assert_nowhere
from tests.unit.journal.samples import store
from tests.unit.learning.lessons import lesson, use_rows
from understudy.config.learning_settings import LearningSettings
from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.journal.records import RunEnded
from understudy.learning.intake import take_in
from understudy.learning.registry import Registry
from understudy.learning.shelf import load_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(240)

HALF = "It sums what is in `items`."
WHOLE = "The name in its end is not known."
DOWN = Status(503, {"error": {"message": "The engine is overloaded", "type": "server_error"}})
FINDING = {
    "line": 5,
    "quote": "    return something_else_entirely",
    "severity": "error",
    "message": "It returns a name that does not exist.",
    "fix": None,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One editor for all scenarios of this file."""
    with desk_in(tmp_path_factory.mktemp("desk")) as found:
        yield found


def test_a_quick_fix_is_previewed_and_taken(desk: Desk, tmp_path: Path) -> None:
    desk.share(tmp_path, cart=BROKEN)
    seen = desk.play("quick_fix", FIXED=FIXED)
    assert "`reslt` → `result` (builtin/rules, 0.9" in seen["tab"]


def test_what_takes_long_is_cancelled_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.share(tmp_path, basket=TEXT)
    server = desk.provider.server
    server.scripts["one:7b"] = [Hangs()]
    assert desk.play("cancel")["text"] == TEXT
    desk.provider.until(lambda: server.asked and server.asked[-1].hung_up_at)


def test_the_next_model_is_asked_for_the_same_thing(desk: Desk, tmp_path: Path) -> None:
    desk.share(tmp_path, basket=TEXT)
    assert "acme/one:7b" not in desk.play("next_model", FIXED=MENDED)["offered"]


def test_an_explanation_grows_beside_the_code_and_a_review_tells_its_findings(
    desk: Desk, tmp_path: Path
) -> None:
    desk.share(tmp_path, basket=TEXT)
    seen = tmp_path / "seen"
    desk.provider.server.scripts["one:7b"] = [
        Says(f"{HALF}\n\n{WHOLE}", chunks=2, held_until=seen),
        Says(json.dumps({"findings": [FINDING]})),
    ]
    told = {"HALF": HALF.replace("`", ""), "WHOLE": "in its end"}
    shown = desk.play("words", SEEN=str(seen), FINDING=str(FINDING["message"]), **told)
    assert "in its end" not in shown["early"]
    assert "Explanation: basket.py, line 5" in shown["whole"]
    assert "writes" not in shown["whole"]
    assert "error, line 5: It returns a name" in shown["review"]
    keep(tmp_path / "reviewed.png", IMAGES / "vscode-review.png")


def test_a_cell_of_a_notebook_is_fixed_and_the_notebook_stays_in_front(
    desk: Desk, tmp_path: Path
) -> None:
    desk.share(tmp_path)
    cells = (("prices", "prices = [1, 2]"), ("total", "result = 3\n", "print(reslt)"))
    (desk.shop / "cells.ipynb").write_text(notebook(*cells), encoding="utf-8")
    seen = desk.play("notebook")
    assert ["".join(one["source"]) for one in seen["notebook"]["cells"]] == [
        "prices = [1, 2]",
        "result = 3\nprint(result)",
    ]
    assert len(seen["tabs"]) == 1


def test_an_edit_of_several_files_is_previewed_discarded_closed_and_taken(
    desk: Desk, tmp_path: Path
) -> None:
    desk.share(tmp_path, shop=several.SHOP, use=several.USE)
    several.answer_with(desk.code.home, desk.provider, several.PATCH)
    try:
        seen = desk.play("several_files")
    finally:
        desk.configure()
    assert [one.split("\n")[0].strip() for one in seen["files"]] == ["shop.py", "use.py"]
    asked = ("Accept This", "Accept All", "Ask the Next", "Why", "Discard")
    starts = [one[: len(start)] for one, start in zip(seen["buttons"], asked, strict=False)]
    assert starts == list(asked)
    assert "ruff: nothing new" in seen["checked"]
    assert seen["discarded"] == seen["closed"] == [several.SHOP, several.USE]
    assert (desk.shop / "shop.py").read_text("utf-8") == several.RENAMED
    assert (desk.shop / "use.py").read_text("utf-8") == several.USE.replace("total", "sum_of")


def test_a_fix_that_comes_while_somebody_types_leaves_them_the_focus(
    desk: Desk, tmp_path: Path
) -> None:
    desk.share(tmp_path, basket=TEXT)
    held = tmp_path / "held"
    desk.provider.server.scripts["one:7b"] = [replace(GOOD, held_until=held)]
    assert len(desk.play("typing", FIXED=MENDED, HELD=str(held))["tabs"]) == 1


def test_commands_that_have_nothing_to_be_about_say_so(desk: Desk, tmp_path: Path) -> None:
    desk.share(tmp_path, cart=FIXED)
    seen = desk.play("silence")
    assert all(len(told) == 1 for told in seen["told"].values()), seen["told"]
    assert seen["report"] == "doctor.txt"


def test_the_walkthrough_fixes_the_file_behind_it(desk: Desk, tmp_path: Path) -> None:
    desk.share(tmp_path, cart=BROKEN)
    seen = desk.play("walkthrough", FIXED=FIXED)
    assert "Walkthrough" in " ".join(seen["tabs"])


def test_fragments_of_prompts_are_looked_at(desk: Desk, tmp_path: Path) -> None:
    desk.share(tmp_path, cart=FIXED)
    with desk.files(".understudy/fragments", **BAD_FRAGMENTS):
        assert "file.nmae" in " ".join(desk.play("fragment")["problems"])


def test_lessons_are_reviewed_and_runs_remembered_in_the_words_of_the_user(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.share(tmp_path, cart=FIXED)
    monkeypatch.setenv("UNDERSTUDY_HOME", str(desk.code.home))
    told = lesson(source="measured")
    taken = take_in(told, "R", Registry(journal_file(), now_us), LearningSettings())
    assert taken.what == "queued"
    rows = use_rows("LATEST", told, failed=("lint_failure", "F841"), at_us=now_us())
    store(journal_file(), *rows[:-1], RunEnded("LATEST", "offered", "acme/large", 1.0))
    desk.play("lessons", WAITS=told.remedy.body, WORDS="Return sums.")
    found = {one.remedy.body: (one.state, one.review) for one in load_shelf(None).lessons}
    assert found == {
        told.remedy.body: ("active", "accepted"),
        "Return sums.": ("shadow", "waiting"),
    }


def test_leave_to_send_code_is_asked_for_given_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    desk.share(tmp_path, basket=TEXT)
    (desk.code.home / "config.toml").write_text(CLOUD, encoding="utf-8")
    try:
        seen = desk.play("consent")
    finally:
        desk.configure()
    assert "`ACME_KEY` is not set" in " ".join(seen["keyless"])
    assert "Send code of `shared` to OpenAI (https://api.openai.com)" in seen["asked"]
    assert "Understudy: Consent" in " ".join(seen["refused"])
    given, taken = seen["said"]
    assert "may be sent to OpenAI" in given
    assert "is sent nowhere" in taken


def test_a_problem_is_fixed_before_anyone_asks(desk: Desk, tmp_path: Path) -> None:
    desk.begin(tmp_path, cart=BROKEN)
    desk.configure("[fix]\nspeculate = true\n")
    assert desk.play("speculation", FIXED=FIXED)["shown"] == "u"


def test_fixes_within_the_line_are_taken_with_tab(desk: Desk, tmp_path: Path) -> None:
    start, _, _ = BROKEN.partition("\n\n\n")
    text = f"{start}\n{LINE}"
    desk.begin(tmp_path, cart=text)
    folder = desk.shop / ".vscode"
    folder.mkdir()
    (folder / "settings.json").write_text('{"understudy.preview": "inline"}', "utf-8")
    fixed = text.replace("reslt", "result").replace("countt", "count")
    assert desk.play("inline", FIXED=fixed)["shown"] == "u"


def test_a_model_fails_over_and_the_runs_tell_why(desk: Desk, tmp_path: Path) -> None:
    desk.begin(tmp_path, basket=TEXT)
    desk.provider.server.scripts["one:7b"] = [DOWN]
    seen = desk.play("failing_over", FIXED=MENDED)
    assert "(acme/two, 0." in seen["tab"]
    first, second = seen["asked"]
    assert first.startswith("acme/one:7b · next · failed provider_unavailable")
    assert second.startswith("acme/two · next after provider_unavailable · answered")
    assert "ruff: F821 gone, nothing new" in seen["tried"]
    assert "basket.py:5" in seen["told"]
    assert seen["counted"].split()[:4] == ["acme/two", "1", "100", "%"]
    assert_nowhere(KEY, desk.code.home, desk.code.log())
    keep(tmp_path / "why.png", IMAGES / "vscode.png", CLIENT / "media" / "preview.png")


def test_each_folder_of_a_workspace_has_its_own_settings(desk: Desk, tmp_path: Path) -> None:
    desk.begin(tmp_path, first=BROKEN)
    second = folder_with(tmp_path / "two", second=BROKEN)
    (second / ".understudy").mkdir()
    (second / ".understudy" / "config.toml").write_text("[actions]\nenabled = false\n", "utf-8")
    workspace = tmp_path / "both.code-workspace"
    folders = {"folders": [{"path": str(desk.shop)}, {"path": str(second)}]}
    workspace.write_text(json.dumps(folders), encoding="utf-8")
    desk.play("several_roots", WORKSPACE=str(workspace), SECOND=str(second), FIXED=FIXED)


def test_nothing_of_a_folder_is_run_before_it_is_trusted(desk: Desk, tmp_path: Path) -> None:
    desk.begin(tmp_path, cart=BROKEN.replace("):", ")", 1))
    mark = tmp_path / "was-run"
    serve = f"exec '{sys.executable}' -m understudy \"$@\""
    program(desk.shop, f"#!/bin/sh\ntouch '{mark}'\n{serve}\n")
    seen = desk.play("untrusted", CLOSED=BROKEN, FIXED=FIXED, MARK=str(mark))
    assert not seen["wasRun"]


def test_the_extension_works_inside_its_host(desk: Desk, tmp_path: Path) -> None:
    desk.begin(tmp_path, cart=FIXED)
    seen = desk.play("host")
    failed = [one for one in seen["lines"] if one.startswith("not ")]
    assert not failed, "\n".join(failed)
    assert seen["code"] == 0


def test_a_silent_server_is_started_anew_and_one_that_ends_again_and_again_is_told_as_failed(
    desk: Desk, tmp_path: Path
) -> None:
    desk.begin(tmp_path, cart=FIXED)
    server = program(desk.shop, ENDS)
    server.with_name("silent").touch()
    beside = {name.upper(): str(server.with_name(name)) for name in ("silent", "asked", "mended")}
    seen = desk.play("ended", **beside)
    assert len(seen["messages"]) == 1, seen["messages"]
    assert not any("Install" in entry for entry in seen["menu"])
