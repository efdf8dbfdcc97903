"""Paths in replies: which are the document's, however they are written, and which are another file's."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from tests.reply_cases import seen
from understudy.config.policy import Policy
from understudy.edit_formats import Region, all_edit_formats
from understudy.engine.drafting import Unread, draft_of
from understudy.reading import UnreadableError
from understudy.reading.targets import OWN, Documents
from understudy.workspace.secrets import Masks
from understudy.workspace.view import OpenDocument, View, is_another_file

ROOT = Path("/ws")
BEFORE = "def total(items):\n    return sum(items)\n\n\ndef count(items):\n    return len(items)\n"
AFTER = BEFORE.replace("sum(items)", "sum(items, 0)")
BLOCK = AFTER.partition("\n\n\n")[0]
HUNK = "@@ -1,2 +1,2 @@\n def total(items):\n-    return sum(items)\n+    return sum(items, 0)\n"
SEARCH = (
    "<<<<<<< SEARCH\n    return sum(items)\n=======\n    return sum(items, 0)\n>>>>>>> REPLACE\n"
)
EDIT = {"kind": "replace", "old": "    return sum(items)", "new": "    return sum(items, 0)"}

PLACES = {
    "heading": ("whole_file", f"### `PATH`\n\n```python\n{AFTER}```\n"),
    "sentence": ("whole_file", f"Here is the updated `PATH`:\n\n```python\n{AFTER}```\n"),
    "info string": ("whole_file", f"```python PATH\n{AFTER}```\n"),
    "attribute": ("whole_file", f'```python title="PATH"\n{AFTER}```\n'),
    "comment": ("whole_file", f"```python\n# PATH\n{AFTER}```\n"),
    "region, heading": ("region", f"**PATH**\n\n```python\n{BLOCK}\n```\n"),
    "region, info string": ("region", f"```python PATH\n{BLOCK}\n```\n"),
    "region, comment": ("region", f"```python\n# PATH\n{BLOCK}\n```\n"),
    "above a block": ("search_replace", f"PATH\n{SEARCH}"),
    "behind its mark": ("search_replace", SEARCH.replace("SEARCH", "SEARCH PATH")),
    "in its fence": ("search_replace", f"```python PATH\n{SEARCH}```\n"),
    "diff": ("unified_diff", f"--- a/PATH\n+++ b/PATH\n{HUNK}"),
    "diff without sides": ("unified_diff", f"--- PATH\n+++ PATH\n{HUNK}"),
    "diff of git": ("unified_diff", f"diff --git a/PATH b/PATH\n{HUNK}"),
    "above a diff": ("unified_diff", f"`PATH`:\n\n```diff\n{HUNK}```\n"),
    "patch": (
        "apply_patch",
        f"*** Begin Patch\n*** Update File: PATH\n{HUNK}*** End Patch\n",
    ),
    "patch with sides": (
        "apply_patch",
        f"*** Begin Patch\n--- a/PATH\n+++ b/PATH\n{HUNK}*** End Patch\n",
    ),
    "above a patch": ("apply_patch", f"**PATH**\n\n*** Begin Patch\n{HUNK}*** End Patch\n"),
    "JSON": (
        "json",
        json.dumps(
            {"version": 1, "summary": "", "edits": [{"path": "PATH", **EDIT}], "done": True}
        ),
    ),
}


def _view(name: str, **more: object) -> View:
    path = ROOT / name
    view = View(path.as_uri(), BEFORE, Policy(), path=path, root=ROOT)
    return view if not more else View(**{**vars(view), **more})


def _found(path: str, view: View, **others: View) -> str | None:
    try:
        return Documents(view, others).find(path)
    except UnreadableError as error:
        return error.refusal.value


@pytest.mark.parametrize(
    "path",
    [
        *("cart.py", "a/cart.py", "pkg/a/cart.py", "ws/pkg/a/cart.py", "/ws/pkg/a/cart.py"),
        *("./pkg/a/cart.py", "pkg//a/./cart.py", "pkg\\a\\cart.py", "PKG/A/cart.py"),
        *("a/pkg/a/cart.py", "b/pkg/a/cart.py", "/pkg/a/cart.py", "file:///ws/pkg/a/cart.py"),
        *("/workspace/pkg/a/cart.py", "project/pkg/a/cart.py", "path/to/cart.py"),
    ],
)
def test_a_path_without_its_first_folders_or_below_a_made_up_one_is_the_document(path: str) -> None:
    assert _found(path, _view("pkg/a/cart.py")) == OWN


@pytest.mark.parametrize(
    "path",
    [
        *(
            "b/cart.py",
            "pkg/b/cart.py",
            "./pkg/b/cart.py",
            "pkg\\b\\cart.py",
            "other/pkg/a/cart.py",
        ),
        *("pkg/a/b/cart.py", "b/a/cart.py", "pkg/cart.py", "pkg/a/Cart.py", "project/a/cart.py"),
    ],
)
def test_a_path_with_a_folder_that_is_not_the_documents_is_another_file(path: str) -> None:
    assert _found(path, _view("pkg/a/cart.py")) is None


@pytest.mark.parametrize(
    "path", ["/ws/pkg/b/cart.py", "/other/cart.py", "C:\\ws\\pkg\\a\\cart.py", "../a/cart.py"]
)
def test_a_whole_path_that_is_not_the_documents_is_refused(path: str) -> None:
    assert _found(path, _view("pkg/a/cart.py")) == "unsafe_path"


def test_a_folder_above_a_file_at_the_top_is_another_one_unless_it_is_the_workspace() -> None:
    assert [_found(one, _view("cart.py")) for one in ("src/cart.py", "b/cart.py")] == [None, None]
    assert _found("ws/cart.py", _view("cart.py")) == OWN


def test_a_path_is_that_of_the_document_which_has_exactly_this_one() -> None:
    others = {"a/cart.py": _view("a/cart.py"), "lib/api.py": _view("lib/api.py")}
    own = _view("pkg/a/cart.py")
    assert _found("a/cart.py", own, **others) == "a/cart.py"
    assert _found("lib/api.py", own, **others) == "lib/api.py"
    assert _found("cart.py", own, **others) == "ambiguous"


def test_a_path_of_another_open_file_is_not_the_document_that_ends_in_it() -> None:
    path = ROOT / "a/cart.py"
    is_open = _view("pkg/a/cart.py", beside=(OpenDocument(path.as_uri(), path, "python", 1, ""),))
    assert _found("a/cart.py", is_open) is None
    assert _found("a/cart.py", _view("pkg/a/cart.py", recent=(path,))) is None
    assert _found("cart.py", is_open) == OWN


def test_a_path_of_a_file_that_is_there_is_not_the_document(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    for name in ("shop/cart.py", "project/src/cart.py", "a/src/cart.py", "src/util.py", "cart.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(BEFORE, encoding="utf-8")

    def found(path: str, name: str) -> str | None:
        view = View("file:///x", BEFORE, Policy(), path=root / name, root=root)
        return Documents(view, is_there=partial(is_another_file, view)).key(path)

    assert found("shop/cart.py", "cart.py") is None
    assert found("project/src/cart.py", "src/cart.py") is None
    assert found("a/src/cart.py", "src/cart.py") is None
    assert found("/project/src/cart.py", "src/cart.py") is None
    assert found("shop/src/cart.py", "src/cart.py") == OWN
    assert found("b/src/cart.py", "src/cart.py") == OWN
    assert found("cart.py", "src/cart.py") == OWN
    assert found("shop/cart.py", "shop/cart.py") == OWN


def test_a_draft_is_no_edit_for_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "project/src").mkdir(parents=True)
    (tmp_path / "project/src/cart.py").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "util.py").write_text(BEFORE, encoding="utf-8")
    path = tmp_path / "src/cart.py"
    view = View(path.as_uri(), BEFORE, Policy(), path=path, root=tmp_path)

    def outcome(reply: str, edit_format: str, lines: range) -> str:
        asked = all_edit_formats()[edit_format]
        draft = draft_of("model", reply, Region(view, lines), asked, Masks())
        return draft.failure.code if isinstance(draft, Unread) else draft.after

    whole = range(len(view.index))
    assert outcome(f"project/src/cart.py\n{SEARCH}", "search_replace", whole) == "other_file"
    assert outcome(f"repo/src/cart.py\n{SEARCH}", "search_replace", whole) == AFTER
    block = f"```python\n{BLOCK}\n```\n"
    assert outcome(f"In `util.py` it must be:\n\n{block}", "region", range(2)) == "other_file"
    assert outcome(f"In `fixed.py` it must be:\n\n{block}", "region", range(2)) == AFTER


def test_a_path_into_another_workspace_folder_is_not_below_a_made_up_one() -> None:
    roots = (ROOT, Path("/workspace"))
    assert _found("/workspace/a/cart.py", _view("a/cart.py", roots=roots)) == "unsafe_path"


@pytest.mark.parametrize("place", PLACES)
def test_a_namesake_in_another_folder_is_refused_wherever_its_path_stands(place: str) -> None:
    edit_format, reply = PLACES[place]
    view = _view("pkg/a/cart.py")
    region = Region(view, range(2) if edit_format == "region" else range(len(view.index)))
    for path in ("cart.py", "a/cart.py", "pkg/a/cart.py"):
        assert seen(reply.replace("PATH", path), region, edit_format).after == AFTER, path
    for path in ("b/cart.py", "pkg/b/cart.py", "pkg\\b\\cart.py", "other/cart.py"):
        written = json.dumps(path)[1:-1] if edit_format == "json" else path
        found = seen(reply.replace("PATH", written), region, edit_format)
        assert found.outcome == "other_file", path


def test_two_folders_that_a_diff_compares_are_no_part_of_its_paths() -> None:
    region = Region(_view("src/cart.py"), range(7))
    for old, new in [("old/", "new/"), ("a/", "b/"), ("original/src/", "modified/src/")]:
        diff = f"--- {old}cart.py\n+++ {new}cart.py\n{HUNK}"
        assert seen(diff, region, "unified_diff").after == AFTER, old
    assert seen(f"--- a/cart.py\n+++ a/cart.py\n{HUNK}", region, "unified_diff").after is None


RULE = "=" * 67


@pytest.mark.parametrize(
    "head",
    [
        "--- src/cart.py\n+++ other/cart.py\n",
        "--- other/cart.py\n+++ src/cart.py\n",
        f"Index: other/cart.py\n{RULE}\n",
        f"Index: other/cart.py\n{RULE}\n--- src/cart.py\n+++ src/cart.py\n",
        f"Index: src/cart.py\n{RULE}\n--- other/cart.py\n+++ other/cart.py\n",
        "diff --git a/other/cart.py b/other/cart.py\n--- a/src/cart.py\n+++ b/src/cart.py\n",
        "diff --git other/cart.py other/cart.py\n",
        "diff -ru src/cart.py other/cart.py\n",
    ],
)
def test_names_of_a_diff_that_contradict_are_refused(head: str) -> None:
    region = Region(_view("src/cart.py"), range(7))
    for reply in (head + HUNK, f"```diff\n{head}{HUNK}```\n"):
        assert seen(reply, region, "unified_diff").outcome == "other_file"


@pytest.mark.parametrize(
    "head",
    [
        "--- src/cart.py.orig\n+++ src/cart.py\n",
        "--- src/cart.py\n+++ src/cart_fixed.py\n",
        "--- src/cart.py\n+++ cart_fixed.py\n",
        "--- a/src/cart.py\n+++ src/cart.py\n",
        "--- old/src/cart.py\n+++ src/cart.py\n",
        "--- shop.orig/src/cart.py\n+++ src/cart.py\n",
        "--- /tmp/1/cart.py\n+++ src/cart.py\n",
        f"Index: src/cart.py\n{RULE}\n",
        f"Index: cart.py\n{RULE}\n--- src/cart.py\t(revision 1)\n+++ src/cart.py\t(working copy)\n",
        "diff --git src/cart.py src/cart.py\n--- src/cart.py\n+++ src/cart.py\n",
        "diff -u old/src/cart.py src/cart.py\n--- old/src/cart.py\n+++ src/cart.py\n",
    ],
)
def test_names_of_copies_in_a_diff_do_no_harm(head: str) -> None:
    region = Region(_view("src/cart.py"), range(7))
    for reply in (head + HUNK, f"```diff\n{head}{HUNK}```\n"):
        assert seen(reply, region, "unified_diff").after == AFTER
