from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.support import require
from tests.unit.checkers.projects import document, marked, tree, write
from understudy.checkers import ToolMissingError, all_checkers
from understudy.config.policy import Trust
from understudy.config.settings import CheckerSettings
from understudy.core.minimise import minimise
from understudy.core.text import apply
from understudy.engine.compare import compare
from understudy.engine.evidence import CheckReport, CheckStatus
from understudy.workspace.diagnostics import Severity
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import OpenDocument

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

GOPLS = all_checkers()["gopls"]
HELPER = "package main\n\nfunc helper() int { return 1 }\n"


@pytest.fixture
async def root(tmp_path: Path) -> AsyncIterator[Path]:
    require("go")
    require("gopls")
    write(
        tmp_path,
        go_dot_mod="module example\n\ngo 1.22\n",
        a_dot_go="package main\n\nfunc main() {}\n",
        b_dot_go=HELPER,
    )
    yield tmp_path
    assert GOPLS.close is not None
    await GOPLS.close()
    assert psutil.Process().children(recursive=True) == []


def go(root: Path, body: str, imports: str = "") -> View:
    text = f"package main\n\n{imports}func main() {{\n{body}}}\n"
    return document(root, "a.go", text, "go", Trust.RESTRICTED)


async def found_in(view: View) -> tuple[Diagnostic, ...]:
    assert view.root is not None
    before = tree(view.root)
    found = await GOPLS.run(view, CheckerSettings(timeout_s=60))
    assert tree(view.root) == before
    return found


@pytest.mark.parametrize(
    "body", ['\tprintln("π😀", undefd)\n', '\ts := "π😀"; println(s)\r\n\tprintln(undefd)\r\n']
)
async def test_the_place_is_counted_in_code_points_of_the_document(body: str, root: Path) -> None:
    view = go(root, body)
    found = await found_in(view)
    assert marked(view, found) == [("UndeclaredName", "undefd")]
    assert [one.source for one in found] == ["compiler"]


async def test_an_edit_that_fixes_one_problem_and_adds_another_is_seen_as_both(root: Path) -> None:
    before = go(root, "\tprintln(undefd)\n")
    assert marked(before, await found_in(before)) == [("UndeclaredName", "undefd")]
    after = go(root, '\tx := "😀"\n')
    assert marked(after, await found_in(after)) == [("UnusedVar", "x")]


@pytest.mark.parametrize(
    ("old", "new"), [('var n int = "x"', "var n int = 1"), ("n := 1 + undefd", "n := 1")]
)
async def test_what_an_error_hid_elsewhere_is_not_the_edits_fault(
    old: str, new: str, root: Path
) -> None:
    other = '\nfunc idle() int { return 2 }\n\nfunc wordy() { fmt.Printf("%d", "a") }\n'
    before = go(root, f"\t{old}\n\tfmt.Println(n)\n", 'import "fmt"\n')
    before = replace(before, text=before.text + other)
    after = replace(before, text=before.text.replace(old, new))
    seen = tuple([await found_in(view) for view in (before, after)])
    reports = [(CheckReport("gopls", CheckStatus.DONE, found),) for found in seen]
    (target,) = (one for one in seen[0] if one.severity is Severity.ERROR)
    assert {one.code for one in seen[1]} >= {"unusedfunc", "printf"}
    edits = minimise(before.text, after.text)
    comparison = compare(reports[0], reports[1], before, edits, target)
    assert (comparison.target_gone, comparison.new) == (True, ())


async def test_a_missing_import_is_suggested(root: Path) -> None:
    view = go(root, '\tprintln("π😀", strings.ToUpper("a"))\n')
    (error,) = await found_in(view)
    (suggestion,) = error.suggestions
    fixed = replace(view, text=apply(view.text, suggestion.edits))
    assert 'import "strings"' in fixed.text
    assert await found_in(fixed) == ()


async def test_findings_of_analyzers_go_by_their_names(root: Path) -> None:
    view = go(root, '\tfmt.Printf("%d", "π😀")\n', 'import "fmt"\n\n')
    assert [(one.source, one.code) for one in await found_in(view)] == [("gopls", "printf")]


async def test_documents_that_are_open_beside_it_count_as_they_are_in_the_editor(
    root: Path,
) -> None:
    view = go(root, "\tprintln(fresh())\n")
    assert marked(view, await found_in(view)) == [("UndeclaredName", "fresh")]
    path = root / "b.go"
    unsaved = OpenDocument(path.as_uri(), path, "go", 2, HELPER.replace("helper", "fresh"))
    assert await found_in(replace(view, beside=(unsaved,))) == ()
    assert marked(view, await found_in(view)) == [("UndeclaredName", "fresh")]


async def test_what_changes_on_disk_meanwhile_counts(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("understudy.workspace.disk_watch._FRESH_S", 0)
    view = go(root, "\tprintln(helper(), fresh())\n")
    assert marked(view, await found_in(view)) == [("UndeclaredName", "fresh")]
    (root / "c.go").write_text("package main\n\nfunc fresh() int { return 2 }\n")
    (root / "b.go").write_text("package main\n")
    assert marked(view, await found_in(view)) == [("UndeclaredName", "helper")]


async def test_a_server_that_crashed_is_started_again(root: Path) -> None:
    view = go(root, "\tprintln(undefd)\n")
    await found_in(view)
    family = psutil.Process().children(recursive=True)
    for process in family:
        process.kill()
    await asyncio.to_thread(psutil.wait_procs, family, 10)
    while True:  # The loop may hear of the end of a program a little later than the system.
        reports = await asyncio.gather(found_in(view), return_exceptions=True)
        if not isinstance(reports[0], BaseException):
            break
    assert marked(view, reports[0]) == [("UndeclaredName", "undefd")]


async def test_what_does_not_answer_in_time_is_unknown(root: Path) -> None:
    with pytest.raises(ToolTimeoutError, match="did not answer within"):
        await GOPLS.run(go(root, ""), CheckerSettings(timeout_s=0.001))


async def test_nothing_runs_for_an_untrusted_folder(tmp_path: Path) -> None:
    view = replace(document(tmp_path, "a.go", "", "go", Trust.UNTRUSTED))
    with pytest.raises(ToolMissingError, match="not trusted"):
        await GOPLS.run(view, CheckerSettings())


async def test_locate_names_path_and_version(root: Path) -> None:
    assert "gopls" in await GOPLS.locate(go(root, ""), CheckerSettings())
