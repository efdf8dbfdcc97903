"""Which file the words above code are about: a place that is told counts, a mere mention does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reply_cases import seen
from understudy.config.policy import Policy
from understudy.edit_formats import Region
from understudy.reading.lead_in import label_in, lead_of
from understudy.reading.named_inside import named_inside
from understudy.reading.path_words import named_in
from understudy.reading.piece_files import path_in_info
from understudy.reading.targets import OWN, Documents
from understudy.workspace.view import View

FOLDER = Path(__file__).parents[2] / "corpus" / "lead_ins"
ROOT = Path("/ws")
BEFORE = "def total(items):\n    return sum(items)\n\n\ndef count(items):\n    return len(items)\n"
AFTER = BEFORE.replace("sum(items)", "sum(items, 0)")
HUNK = "@@ -1,2 +1,2 @@\n def total(items):\n-    return sum(items)\n+    return sum(items, 0)\n"
SEARCH = (
    "<<<<<<< SEARCH\n    return sum(items)\n=======\n    return sum(items, 0)\n>>>>>>> REPLACE\n"
)
PIECES = {
    "search/replace": ("search_replace", SEARCH),
    "search/replace in a fence": ("search_replace", f"```python\n{SEARCH}```\n"),
    "tags": (
        "search_replace",
        "<old_text>\n    return sum(items)\n</old_text>\n<new_text>\n    return sum(items, 0)\n</new_text>\n",
    ),
    "diff": ("unified_diff", f"```diff\n{HUNK}```\n"),
    "diff without a fence": ("unified_diff", HUNK),
    "patch": ("apply_patch", f"*** Begin Patch\n{HUNK}*** End Patch\n"),
    "JSON": (
        "json",
        '{"edits": [{"kind": "replace", "old": "sum(items)", "new": "sum(items, 0)"}]}\n',
    ),
    "whole file": ("whole_file", f"```python\n{AFTER}```\n"),
    "lines": ("region", f"```python\n{AFTER.partition(chr(10) * 3)[0]}\n```\n"),
}
DOCUMENT = View("file:///ws/src/cart.py", BEFORE, Policy(), path=ROOT / "src/cart.py", root=ROOT)
DOCUMENTS = Documents(DOCUMENT)


def _lead_ins(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").replace("\\\\", "\\") for line in lines]


def _documents(name: str) -> Documents:
    path = ROOT / name
    return Documents(View(path.as_uri(), BEFORE, Policy(), path=path, root=ROOT))


def _key(words: str) -> str | None:
    path = lead_of(words.split("\n"), DOCUMENTS).path
    return DOCUMENTS.key(path) if path else OWN


def _region(edit_format: str) -> Region:
    is_part = edit_format == "region"
    return Region(DOCUMENT, range(2) if is_part else range(len(DOCUMENT.index)))


@pytest.mark.parametrize("words", _lead_ins("elsewhere"))
def test_a_sentence_or_a_label_that_tells_the_place_of_another_file_counts(words: str) -> None:
    assert _key(words) is None


@pytest.mark.parametrize("words", _lead_ins("beside"))
def test_a_file_that_is_only_mentioned_is_not_the_place(words: str) -> None:
    assert _key(words) == OWN


@pytest.mark.parametrize("words", _lead_ins("here"))
def test_the_documents_own_place_counts_beside_a_mention_of_another_file(words: str) -> None:
    assert lead_of(words.split("\n"), DOCUMENTS).path
    assert _key(words) == OWN


@pytest.mark.parametrize("piece", PIECES)
def test_every_form_of_reply_listens_to_the_words_above_it(piece: str) -> None:
    edit_format, code = PIECES[piece]
    region = _region(edit_format)
    for words in ("In `other/cart.py`, change this:", "### other/cart.py\n\nOne sentence."):
        found = seen(f"{words}\n\n{code}", region, edit_format)
        assert found.outcome == "other_file", words
    for words in ("In `src/cart.py`, change this:", "As in `other/cart.py`, add zero:"):
        assert seen(f"{words}\n\n{code}", region, edit_format).after == AFTER, words


@pytest.mark.parametrize("line", ["other/cart.py", "# other/cart.py", "// File: other/cart.py"])
def test_a_path_in_the_fence_of_a_search_block_tells_its_file(line: str) -> None:
    region = _region("search_replace")
    reply = f"```python\n{line}\n{SEARCH}```\n"
    assert seen(reply, region, "search_replace").outcome == "other_file"
    second = f"```python\nsrc/cart.py\n{SEARCH.replace('sum', 'len')}```\n"
    assert seen(f"{second}\n{reply}", region, "search_replace").outcome == "other_file"
    own = reply.replace("other/", "src/")
    assert seen(f"## other/cart.py\n\n{own}", region, "search_replace").after == AFTER


@pytest.mark.parametrize("edit_format", ["whole_file", "region"])
def test_a_block_in_which_another_file_begins_is_refused(edit_format: str) -> None:
    region = _region(edit_format)
    code = AFTER if edit_format == "whole_file" else AFTER.partition("\n\n\n")[0]
    for comment in ("# tests/test_cart.py", "# ---- other/util.py ----"):
        reply = (
            f"```python\n{code}\n\n{comment}\ndef test_total():\n    assert total([]) == 0\n```\n"
        )
        assert seen(reply, region, edit_format).outcome == "other_file", comment
    for comment in ("# See tests/test_cart.py for more.", "# src/cart.py", "# data/items.csv"):
        reply = f"```python\n{code}\n\n{comment}\nLIMIT = 3\n```\n"
        assert seen(reply, region, edit_format).outcome != "other_file", comment


def test_a_told_pair_is_for_the_file_that_is_told_above_it() -> None:
    pair = "```python\n    return sum(items)\n```\n\nwith\n\n```python\n    return sum(items, 0)\n```\n"
    region = _region("whole_file")
    for words in ("In `other/cart.py`, replace", "other/cart.py\n\nReplace"):
        assert seen(f"{words}\n\n{pair}", region, "whole_file").outcome == "other_file", words
    for words in ("In `src/cart.py`, replace", "Replace", "Replace this, as in `other/cart.py`:"):
        assert seen(f"{words}\n\n{pair}", region, "whole_file").after == AFTER, words


@pytest.mark.parametrize(
    "above", ["### other/cart.py\n\nBefore:", "**other/cart.py**\n\nBefore:", "In other/cart.py:"]
)
def test_what_takes_the_place_of_a_text_is_for_the_same_file(above: str) -> None:
    old, new = (text.partition("\n\n\n")[0] for text in (BEFORE, AFTER))
    reply = f"{above}\n\n```python\n{old}\n```\n\nAfter:\n\n```python\n{new}\n```\n"
    assert seen(reply, _region("region"), "region").outcome == "other_file"


def test_a_heading_holds_until_the_next_one_and_search_blocks_until_the_next_path() -> None:
    usage = "```python\ntotal([1])\n```\n"
    reply = (
        f"## other/cart.py\n\nNothing to do.\n\n## The fix\n\n```python\n{AFTER}```\n\n## Use\n\n"
    )
    assert seen(reply + usage, _region("whole_file"), "whole_file").after in {AFTER, None}
    second = SEARCH.replace("sum", "len")
    both = f"In `other/cart.py`:\n\n{SEARCH}\nand\n\n{second}"
    assert seen(both, _region("search_replace"), "search_replace").outcome == "other_file"


FOLDERS = [
    "my src",
    "a,b",
    "a&b",
    "o'x",
    "a=b",
    "$id",
    "[id]",
    "(shop)",
    "@m",
    "{{x}}",
    "\u65e5\u672c",
    "c#",
]


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(
    "line",
    ["PATH", "### PATH", "In `PATH`, change this:", "I changed PATH so that it works.", "PATH:8"],
)
def test_a_folder_may_have_any_name(folder: str, line: str) -> None:
    documents = _documents(f"pkg/{folder}/cart.py")
    for path in (
        f"pkg/{folder}/cart.py",
        f"{folder}/cart.py",
        f"ws/pkg/{folder}/cart.py",
        "cart.py",
    ):
        found = lead_of([line.replace("PATH", path)], documents)
        assert documents.key(found.path) == OWN, path
        assert found.path.endswith("cart.py"), path
    found = lead_of([line.replace("PATH", f"{folder}/other/cart.py")], documents)
    assert documents.key(found.path) is None


@pytest.mark.parametrize(
    ("info", "path"),
    [
        ("python my src/cart.py", "my src/cart.py"),
        ("python:my src/cart.py", "my src/cart.py"),
        ('python title="my src/cart.py"', "my src/cart.py"),
        ("12:20:my src/cart.py", "my src/cart.py"),
        ("python other/cart.py", "other/cart.py"),
        ("python:other/cart.py", "other/cart.py"),
        ("12:20:other/cart.py", "other/cart.py"),
        ("python", ""),
    ],
)
def test_an_info_string_names_a_file_with_blanks_in_its_path(info: str, path: str) -> None:
    assert path_in_info(info, ("/ws/my src/cart.py",)) == path


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("# other/cart.py", "other/cart.py"),
        ("#!/usr/bin/env python\n# other/cart.py", "other/cart.py"),
        ("# -*- coding: utf-8 -*-\n\n# File: other/cart.py", "other/cart.py"),
        ("# other/cart.py - fixed", "other/cart.py"),
        ('"""\nother/cart.py\n"""', "other/cart.py"),
        ("/**\n * other/cart.ts\n */", "other/cart.ts"),
        ("<!-- other/cart.html -->", "other/cart.html"),
        ("# total of a cart", ""),
        ("# see other/cart.py", ""),
        ("# utils.py has more of these", ""),
    ],
)
def test_the_first_comment_of_a_block_may_name_a_file(head: str, path: str) -> None:
    assert named_inside([*head.split("\n"), "x = 1"]).path == path


def test_words_of_a_sentence_are_no_files() -> None:
    for line in (
        "e.g. this and/or that",
        "items.append(x) at 1.5, self.total",
        "https://a.b/c/d.py",
    ):
        assert named_in(line) == (), line


def test_a_label_consists_of_one_path() -> None:
    assert label_in("other/cart.py and src/cart.py") == ""
    assert label_in("**File: `other/cart.py`** (modified)") == "other/cart.py"
